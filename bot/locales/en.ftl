# The bot's words in English. Messages may hold Telegram's HTML (<b>, <i>, <code>); write &amp; for an ampersand and
# &lt; for a less-than sign. Labels of buttons, toasts and descriptions of commands are plain text.

## Commands, in the menu and in /help

command-start = set up, or start over
command-help = what I can do
command-cancel = drop the question I asked

## Help

help =
    Write what you lifted, in your own words, between two sets:
    <code>bench 80x8</code> or <code>squat 3x5 @ 100kg</code>.
    Paste a whole program and I turn it into a plan.

    { $commands }

    Edit your message to correct what it logged, or reply to my answer: <i>no, 85</i>.
help-command = /{ $name }: { $description }

## Setting up

start-welcome =
    <b>Hi, I am Repscribe.</b> I keep your training: write a set like <code>bench 80x8</code>, or paste a program.
start-ask-unit = When you write a weight without a unit, what is it in?
start-unit-kg = Kilograms (kg)
start-unit-lb = Pounds (lb)
start-ask-language = Which language do you write your training in?
start-language-name = { $language ->
        [de] Deutsch
        [es] Español
        [fr] Français
        [pt] Português
        [ru] Русский
       *[en] English
    }
start-done =
    Ready: weights in <b>{ $unit ->
        [imperial] pounds
       *[metric] kilograms
    }</b>.

    🏋️ Log a set in your own words: <code>bench press 60x10</code>
    📋 Paste a program, or take one from the library: /plans
    ▶️ Train it exercise by exercise: /today
    🤸 Calisthenics by levels: /level
    📊 What it comes to: /stats. All else: /help
start-welcome-back = Welcome back. Write a set like <code>bench 80x8</code>, or see /help.

## Dialogues

cancel-done = All right, forget my question.
cancel-nothing = There is nothing to cancel.

## When something is not as it should be

failure-apology =
    Sorry, something went wrong on my side and this was <b>not</b> saved. Your message is kept, nothing else is lost.
    Please try again; if it happens again, tell my keeper this number: <code>{ $error_id }</code>
failure-toast = Sorry, that went wrong on my side. Nothing was changed.
button-done-already = That is done already.
button-unknown = This button is too old for me. Please ask again.
button-gone = That is no longer there.
command-unknown = I do not know that command. /help lists those I do.
content-unread = I can read text only. Write it as <code>bench 80x8</code>, paste it, or send me a text file.
