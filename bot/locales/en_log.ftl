# Set logs: what was understood, comparisons, records, sessions, history, settings.

## Figures

weight-kg = { $value } kg
weight-lb = { $value } lb
duration-seconds = { $seconds } s
distance-km = { $value } km
distance-m = { $value } m
load-bodyweight = BW
load-added = BW+{ $weight }
load-assisted = assisted −{ $weight }
load-times-reps = { $load } × { $reps }
load-of-hold = { $load } for { $amount }
reps-alone = { $count ->
        [one] { $reps } rep
       *[other] { $reps } reps
    }
amount-many-sets = { $amount } ({ $count } sets)
amount-each-side = { $amount } each side
amount-in-time = { $amount } in { $time }
effort-rpe = @{ $value }
effort-rir = ({ $value } RIR)
kind-warmup = { $set } (warm-up)
kind-drop = { $set } (drop)
kind-failure = { $set } (to failure)

## The answer to a log

log-line = <b>{ $name }</b>{ $numbers }: { $sets }
log-number-one = { " " }· set { $number }
log-number-many = { " " }· sets { $first }–{ $last }
log-day = 📅 { $day }
log-last-time = { $line } (last time { $sets })
record-news = 🏆 { $kind ->
        [e1rm] e1RM { $value }
        [max_weight] heaviest yet, { $value }
        [least_help] least help yet, { $value }
        [max_reps] most reps, { $value }
        [max_duration] longest yet, { $value }
        [set_volume] best set, { $value }
       *[total_volume] best session, { $value }
    }
log-doubt-name = 🟡 I took “{ $raw }” for { $name }. Right?
log-doubt-numbers = 🟡 { $name }: please check the numbers.
log-doubt-load = 🟡 { $name }: far more than your best so far. Right?
log-unread = ⚪️ Not read: { $line }
log-waiting = { $count } more to ask about, one at a time.
log-note-future = 🟡 That date has not come yet, so I put this under today.
button-again = 🔁 Same again
button-edit = ✏️ Edit
button-undo = ↩️ Undo
button-right = ✓ Right
button-name-right = ✓ { $name } is right
button-leave-out = Leave it out
button-type-it = ✏️ Type it
button-save-it = ✓ Save it

## Questions before anything is stored

ask-figures = <b>{ $name }</b>: what did you do? Write just the figures, like <code>80x8</code>.
ask-order = <b>{ $name }</b>: which way round do you write that?
ask-load = <b>{ $name }</b>: { $sets }? That is far above anything you have lifted in it. Not saved yet.
ask-check = <b>{ $name }</b>: I read { $sets }, but I am not sure. Not saved yet.
ask-name = { $sets } of which exercise? Tap it, or reply with its name. Not saved yet.
ask-name-first = { $sets } of which exercise? Reply with its name. Not saved yet.
ask-figures-again = All right: write just the figures, like <code>80x8</code>, or /cancel.
log-nothing-yet = Nothing saved yet.
log-nothing-left = Nothing of this is logged any more.
log-left-out = Left out: { $raw }
log-moved-on = That has changed meanwhile. Nothing done.

## Editing and undoing

edit-which = Which set shall I change?
edit-set-label = { $name }: { $set }
edit-hint-reps = Tap, or write it right, like <code>82.5x8</code>.
edit-hint-time = Tap, or write it right, like <code>45 s</code>.
edit-hint-distance = Tap, or write it right, like <code>5 km 26:40</code>.
edit-step = { $step ->
        [reps-less] −1 rep
        [reps-more] +1 rep
        [seconds-less] −5 s
        [seconds-more] +5 s
        [load-less] −{ $size }
        [load-more] +{ $size }
        [warmup] Warm-up
       *[working] Not a warm-up
    }
button-delete-set = 🗑 Delete
button-done = ✓ Done
button-put-back = ↪️ Put it back
edit-changed = ✏️ { $line }
edit-deleted = 🗑 { $line }
undo-log = ↩️ Taken back:
    { $lines }
undo-line = { $name }: { $sets }
undo-amendment = ↩️ As it was before:
    { $lines }
undo-nothing = There is nothing to take back.
undo-done-already = That has been taken back already.
restore-done-already = That is there already.

## Sessions

duration-minutes = { $minutes } min
duration-hours = { $hours } h { $minutes }
summary-closed = ✅ <b>Session done</b>
summary-closed-itself = 💤 <b>Three quiet hours, so I closed your session</b>
summary-day = <b>{ $day }</b>{ $name }
summary-minutes = ⏱ { $duration }
summary-sets = { $count ->
        [one] 1 set
       *[other] { $count } sets
    }
summary-volume = { $volume } in all
summary-exercise = <b>{ $name }</b>: { $sets }
summary-last-time = { "   " }last time { $sets }
summary-more = { $line } (+{ $amount })
summary-less = { $line } (−{ $amount })
summary-indented = { "   " }{ $text }
session-none = No session is open. Write a set and one opens by itself: <code>bench 80x8</code>.
session-reopened = The session is open again. Write on.
session-not-reopened = Another session is open now, so I left that one closed.
button-reopen = ↩️ Not done yet

## Dates

date-day = { $weekday } { $day } { $month } { $year }
date-short = { $day } { $month } { $year }
weekday-0 = Mon
weekday-1 = Tue
weekday-2 = Wed
weekday-3 = Thu
weekday-4 = Fri
weekday-5 = Sat
weekday-6 = Sun
month-1 = Jan
month-2 = Feb
month-3 = Mar
month-4 = Apr
month-5 = May
month-6 = Jun
month-7 = Jul
month-8 = Aug
month-9 = Sep
month-10 = Oct
month-11 = Nov
month-12 = Dec

## History and records

history-none = Nothing here yet. Write a set, like <code>bench 80x8</code>.
history-session = { $number }. <b>{ $day }</b>{ $name }
    { $totals }
    { $exercises }
history-volume = { $volume }
history-gone = That session is gone.
history-exercise = <b>{ $name }</b>
history-exercise-none = No sets of <b>{ $name }</b> yet.
history-day = { $day }: { $sets }
history-which = Which exercise do you mean by “{ $words }”?
history-unknown = I know no exercise by “{ $words }”.
button-older = ◀ Older
button-newer = Newer ▶
button-back = ◀ Back
records-none = No records yet. They come by themselves once you log sets.
records-exercise = 🏆 <b>{ $name }</b>: { $records }
records-one = { $kind ->
        [e1rm] e1RM { $value }
        [max_weight] heaviest { $value }
        [least_help] least help { $value }
        [max_reps] most reps { $value }
        [max_duration] longest { $value }
        [set_volume] best set { $value }
       *[total_volume] best session { $value }
    }
records-full = { $record }, { $day }
records-full-set = { $record }: { $set }, { $day }

## Settings

units = A weight without a unit is in <b>{ $unit ->
        [imperial] pounds
       *[metric] kilograms
    }</b>. What you have logged stays as you wrote it.
settings =
    <b>Settings</b>
    Weights without a unit: { $unit ->
        [imperial] pounds (lb)
       *[metric] kilograms (kg)
    }
    Language: { $language }
    Time zone: { $timezone }, where it is { $time } now
    Three numbers such as 10x10x3: { $order ->
        [weight_reps_sets] weight × reps × sets
        [sets_reps_weight] sets × reps × weight
        [weight_sets_reps] weight × sets × reps
       *[ask] I ask when it is not clear
    }
settings-ask-order = How do you write three numbers, as in 10x10x3?
settings-ask-timezone = Where are you? Write a city, like <code>Berlin</code>, or the time on your watch, like <code>18:30</code>.
settings-timezone-unknown = I do not know that place. Try the nearest big city, or the time on your watch, like <code>18:30</code>. /cancel keeps it as it is.
order-name = { $order ->
        [weight_reps_sets] weight × reps × sets
        [sets_reps_weight] sets × reps × weight
        [weight_sets_reps] weight × sets × reps
       *[ask] Ask me when it is not clear
    }
button-language = Language
button-timezone = Time zone
button-order = Three numbers
button-words = My words
button-forget = Forget “{ $words }”
button-forget-unit = Forget { $unit } for { $exercise }
button-forget-order = Forget the three numbers
aliases-heading = <b>What I learned from you</b>
aliases-one = “{ $words }” is { $exercise }
aliases-unit = { $exercise } without a unit is in { $unit }
aliases-order = Three numbers are { $order ->
        [weight_reps_sets] weight × reps × sets
        [sets_reps_weight] sets × reps × weight
       *[weight_sets_reps] weight × sets × reps
    }
aliases-none = I have not learned anything from you yet. When you correct an exercise's name or unit, I remember it.
aliases-gone = That is forgotten already.
command-done = finish the session: summary and records
command-undo = take back what was logged last
command-history = past sessions; /history bench for one exercise
command-records = your records; /records bench for one exercise
command-units = kilograms or pounds
command-settings = units, language, time zone
command-aliases = words I learned from you

## Corrections

correction-which = <b>{ $name }</b>: which set?
correction-which-exercise = Which exercise do you mean?
correction-set = Set { $number }: { $set }
correction-all = All { $count }
correction-which-name = Which exercise do you mean by “{ $words }”? Until you say so, nothing changes.
correction-unclear-load = { $number } of what? Write it with its unit: <code>{ $number } s</code>, or <code>{ $number } { $unit }</code>. Nothing is changed yet.
correction-unclear-distance = { $number } of what? Write it with its unit: <code>{ $number } { $unit }</code>, or a time such as <code>26:40</code>. Nothing is changed yet.
correction-unknown = I know no exercise by “{ $words }”, so I changed nothing. Write the set again with the exercise's name, and take this one back with /undo.
edit-nothing-left = { $count ->
        [one] I find no set in your edited message. Shall I take back the set it had logged?
       *[other] I find no set in your edited message. Shall I take back the { $count } sets it had logged?
    }
edit-kept = All right, it stays logged.
button-take-back = Take back
button-keep = Keep

## Texts without a set

unread-hint = Write it like <code>bench 80x8</code> or <code>squat 3x5 @ 100kg</code>, and I log it. Your text is kept.
other-question = I keep your training, but I am no coach. /history, /records and /today know what you have done. To log a set, write <code>bench 80x8</code>.
other-greeting = Hi! Write a set like <code>bench 80x8</code>, or paste a whole program. /help shows the rest.
other-chatter = I found no training in that, so nothing is logged. A set looks like <code>bench 80x8</code>; /help shows the rest.

ask-done-or-planned = <b>{ $name }</b>, { $sets }: done, or planned?
button-done-log = ✓ Done, log it
button-planned = 📋 It is a plan
log-note-reading = ⏳ Reading the rest more closely…
unread-by-model = I could not read that as training, so nothing is logged. Write it like <code>bench 80x8</code>. Your text is kept.
paste-moved-below = ⬇️ Your text came in several messages. It is read as one further down.
edit-of-part = That message is part of a longer text, so I did not follow the edit. Correct it below, or reply to the answer, like <code>no, 85</code>.
edit-of-diary = That message became several sessions, so I did not follow the edit. Reply to the session you mean, like <code>no, 85</code>.

ask-logged-before = You sent me the very same text on { $day }, and it is logged. Log it a second time?
button-leave-text = No, leave it
button-log-again = Log it again
logged-before-left = All right, logged once.
