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

## A model's share of a day

log-note-daily_limit = ⚠️ That is as much as the language model reads for you in a day, so I went by shorthand alone. Tomorrow it reads again.
