# The bot's words about what is too much: messages, texts, files, a model's share of a day.

## Too many messages at once

limit-flood =
    Easy there: you write faster than I can read. What you send now is <b>kept</b>, and I read it when you press the button.
    Commands, files and edits are not followed until you slow down; send those again in a minute.
limit-too-fast = Too fast for me. Please wait a moment and press again.
limit-flood-over = { $count ->
        [one] One message is kept that I have not read yet.
       *[other] { $count } messages are kept that I have not read yet.
    }
limit-nothing-kept = Nothing waits to be read.
limit-more-kept = There are more messages that I have not read yet.
button-read-kept = 📖 Read them

## Long texts

limit-in-pieces = That is a long text, so I read it in { $count } pieces.

## Files

file-reading = 📄 Reading { $name }…
file-read = { $pieces ->
        [one] 📄 I have read { $name }.
       *[other] 📄 { $name } is long: I read it in { $pieces } pieces, one after the other.
    }
file-no-text = { $kind ->
        [sheet] I cannot open spreadsheets. Save it as CSV and send me that, or paste the cells here.
        [document] I cannot open documents. Copy the text and paste it here, or send it as a .txt file.
       *[other] I can read text files only: .txt, .csv or .md. Anything else you can write here, like <code>bench 80x8</code>.
    }
file-too-large = That file is too large for me: I read text files of up to { $kilobytes } kB. Cut it in two and send me both.
file-failed = { $reason ->
        [binary] That file is no text, whatever its name says. I read .txt, .csv and .md files.
        [large] That file is too large for me. Cut it in two and send me both.
        [empty] That file is empty.
       *[away] I could not get that file from Telegram. Please send it again.
    }
file-gave-up =
    Sorry, reading that file went wrong on my side. Please try again, or paste its text.
    If it happens again, tell my keeper this number: <code>{ $error_id }</code>
file-days-logged = ✅ { $days } days logged, { $sets ->
        [one] one set
       *[other] { $sets } sets
    }. { $unread ->
        [0] See /history.
        [one] One line I could not read:
       *[other] { $unread } lines I could not read, among them:
    }
picture-unseen = I cannot see pictures, so I read only what you wrote below.

## A model's share of a day

log-note-daily_limit = ⚠️ That is as much as the language model reads for you in a day, so I went by shorthand alone. Tomorrow it reads again.
