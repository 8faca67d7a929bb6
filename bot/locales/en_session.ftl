# A workout that is being trained exercise by exercise; workouts set down for a day.

## The card

guide-workout = Workout
guide-rest = rest { $rest }
guide-last-time = last time { $sets }
guide-to-beat = to beat: { $record }
guide-note = 📝 { $note }
guide-next-set = <b>Set { $number } of { $count }:</b> { $set }
guide-next-open = Another set of { $name }, or ⏭ on.
guide-write = Write what you do, like <code>{ $example }</code>.
guide-example = 80x8
guide-check = ✓ { $sets }
guide-check-all = ✓ { $count ->
        [2] both
       *[other] all { $count }
    }
guide-skip = ⏭ Skip
guide-next = ⏭ Next
guide-swap = 🔄 Swap
guide-more = More…
guide-finish = 🏁 Finish
guide-all-done = 💪 That was the last exercise. /done sums it up.
guide-started = ✓ logs the set as written. Or answer <code>8 8 7</code>, <code>80x8</code>, “skip”, “note: …”.
guide-skipped = ⏭ { $name } skipped.
guide-moved-on-from = ⏭ { $name }: on to the next.
guide-which = What do you mean?
sets-which = <b>{ $name }</b>: { $done ->
        [one] one such set is
       *[other] { $done } such sets are
    } logged. What do you mean?
sets-in-all = { $count } sets in all: { $more } more
sets-on-top = { $count } more sets
guide-taken = ☑️ { $name }: { $sets }
guide-ask-load = <b>{ $name }</b>: I do not know the load yet. Write it with the repetitions, like <code>80x8</code>.
guide-ask-amount = <b>{ $name }</b>: how many? Write what you did, like <code>80x8</code>.
guide-nothing-going = No workout is going on. /today begins one.

## Rest

guide-rest-said = ⏱ rest { $time }
guide-rest-over = ⏱ Rest over · set { $number }: { $set }
guide-rest-over-next = ⏱ Rest over · { $name }: { $set }
guide-rest-off = 🔕 No rest timer
guide-rest-is-off = 🔕 No more rest messages. /settings turns them on again.

## More

guide-order = 🔀 Order
guide-add = ➕ Add exercise
guide-note-exercise = 📝 Note
guide-note-session = 📝 Note for the day
guide-abandon = 🗑 Abandon
guide-abandon-sure = 🗑 Abandon it
guide-back = « Back
guide-order-hint = Tap an exercise to do it now, or move it.
guide-ask-add = Which exercise? Write its name.
guide-add-which = Which one?
guide-add-unknown = I know no exercise by “{ $words }”. Another name?
guide-added = ➕ { $name }
guide-ask-note = Write the note for <b>{ $name }</b>.
guide-ask-note-session = Write the note for this session.
guide-noted = 📝 Noted: { $note }
guide-ask-abandon = { $count ->
        [0] Abandon this workout? Nothing is logged in it; it comes up again.
        [one] Abandon this workout? The set you logged stays, and the workout comes up again.
       *[other] Abandon this workout? The { $count } sets you logged stay, and the workout comes up again.
    }
guide-abandoned = 🗑 Abandoned. The workout comes up again with /today.
guide-reopen = ↩️ Go on after all

## The end

session-nothing-done = Nothing was done, so nothing is kept. The workout comes up again.
summary-planned-sets = { $done } of { $count ->
        [one] 1 set
       *[other] { $count } sets
    }
summary-asked = { "   " }asked { $sets }
summary-skipped = ⏭ { $name }: skipped ({ $sets })
summary-not-done = ○ { $name }: not done ({ $sets })
summary-partly = <b>{ $name }</b>, { $done } of { $count } sets: { $sets }
summary-muscles = <b>Hard sets</b>: { $muscles }
summary-muscle = { $muscle } { $sets }
summary-next-time = <b>Next time</b>
summary-next-one = • { $name }: { $sets }
summary-next-reason = • { $name }: { $sets } <i>({ $reason })</i>

## Workouts set down for a day

command-plan = plan the next workout: /plan tomorrow, /plan fri 18:30
command-skip = leave the next workout out
plan-day-planned = 📌 <b>{ $name }</b>, { $day }
plan-day-reminder = I remind you on the day.
plan-day-other = 🔀 Another
plan-day-move = 🗓 Move
plan-day-off = 🗑 Take off
plan-day-line = 📌 { $name }, { $day }
plan-day-ask = Which day for the next workout? Tap, or write it: <code>/plan fri 18:30</code>
plan-day-ask-move = <b>{ $name }</b> is set for { $day }. Move it to which day?
plan-day-today = Today
plan-day-tomorrow = Tomorrow
plan-day-short = { $weekday } { $day }
plan-day-refused = { $why ->
        [past] That day is over. Which one do you mean?
        [far] That is more than a year away. Which day do you mean?
        [plan] There is no plan to take a workout from. /plans has some, or paste your own.
       *[words] I do not know that day. Write it like <code>/plan fri 18:30</code> or <code>/plan 2026-12-01</code>.
    }
plan-day-taken-off = 🗑 { $name } is off { $day }.
plan-day-skipped = ⏭ Skipped <b>{ $name }</b>.
plan-day-unskipped = ↩️ It is back.
plan-day-missed = 🕳 Missed: <b>{ $name }</b>, { $day }
plan-day-do = ▶️ Do it now
plan-day-is-today = 📌 Today: <b>{ $name }</b>
plan-day-is-today-at = 📌 Today at { $time }: <b>{ $name }</b>
plan-day-quiet = 🔕 No such reminders
plan-day-is-quiet = 🔕 No more reminders. /settings turns them on again.
plan-day-gone = That is no longer planned.
plan-day-nothing-to-skip = There is nothing to skip: no plan is current.
today-begun = ▶️ { $name }
today-scheduled = 📌 Set for today{ $time }.
today-upcoming = 📌 { $name }, { $day }
today-deload = A deload week: lighter, and fewer sets.
settings-rest = { $on ->
        [yes] 🔔 Rest timer
       *[no] 🔕 Rest timer
    }
settings-planned = { $on ->
        [yes] 🔔 Planned days
       *[no] 🔕 Planned days
    }
