# Programs: the preview and its questions, plans, today's workout, the export.

## Figures of a prescription

prescription-tempo = tempo { $tempo }
prescription-per-side = { $amounts } /side
prescription-sets-alone = { $sets ->
        [one] 1 set
       *[other] { $sets } sets
    }
prescription-reps-alone = { $reps ->
        [1] 1 rep
       *[other] { $reps } reps
    }
prescription-amrap = AMRAP
prescription-rir = { $value } RIR
prescription-rpe = RPE { $value }
prescription-rest-seconds = { $seconds } s
prescription-rest-minutes = { $minutes } min

## Which exercise is meant

picker-question = Which exercise is <b>{ $words }</b>?
picker-search = 🔎 Search
picker-search-again = 🔎 Search again
picker-own = ✍️ Keep as my own
picker-leave-out = 🚫 Leave out
picker-back = « Back
picker-ask-search = Write a few words of the exercise you mean by <b>{ $words }</b>, for example <i>incline press</i>.
picker-found = What I found for <b>{ $words }</b>:
picker-found-nothing = I know nothing like <b>{ $query }</b>. Write it another way, or keep yours as it is.
picker-ask-muscle = <b>{ $words }</b> becomes an exercise of your own. What does it train most?
picker-exercise-gone = That exercise is no longer there.
muscle-name = { $muscle ->
        [chest] Chest
        [back] Back
        [shoulders] Shoulders
        [biceps] Biceps
        [triceps] Triceps
        [forearms] Forearms
        [legs] Legs
        [glutes] Glutes
        [core] Core
        [traps] Traps
        [lats] Lats
        [quads] Quads
        [hamstrings] Hamstrings
       *[calves] Calves
    }

## The preview of a program

program-unnamed = Program of { $day }
program-counts = { $workouts ->
        [one] 1 workout
       *[other] { $workouts } workouts
    }, { $exercises ->
        [one] 1 exercise
       *[other] { $exercises } exercises
    }
program-to-check = { $count } to check
program-unread-count = { $count ->
        [one] 1 line not read
       *[other] { $count } lines not read
    }
program-workout-number = Workout { $number }
program-week-and-day = Week { $week } · { $day }
weekday-name = { $day ->
        [0] Monday
        [1] Tuesday
        [2] Wednesday
        [3] Thursday
        [4] Friday
        [5] Saturday
       *[6] Sunday
    }
program-note = { $figures } ({ $raw })
program-unread-heading = <b>Not read</b> (kept with your text):
program-unread-line = line { $number }: <i>{ $text }</i>
program-unread-more = … and { $count } more
program-unread-hint =
    I go by shorthand alone: no language model is set up here.
    A line reads best as <code>bench press 3x8-10 @ 60kg, rest 2 min</code>.
program-reading-rest = ⏳ Reading the rest… This message changes when I am done; you can go on meanwhile.
program-model-failed = { $reason ->
        [timeout] ⚠️ The language model took too long, so the rest is unread. Nothing is lost.
        [refused] ⚠️ The language model would not read this, so the rest is unread. Nothing is lost.
        [truncated] ⚠️ The language model's answer was cut off, so the rest is unread. Nothing is lost.
        [daily_limit] ⚠️ That is as much as the language model reads for you in a day, so I went by shorthand alone. Tomorrow it reads again.
        [unchanged] The language model could not make out more of it.
       *[other] ⚠️ The language model is not to be had right now, so the rest is unread. Nothing is lost.
    }
program-retry = 🔁 Try again
program-save = ✅ Save
program-rename = ✏️ Rename
program-correct = 🔧 Correct
program-discard = 🗑 Discard
program-question = { $mark } { $words }
program-question-many = { $mark } { $words } ({ $count } places)
program-more-questions = More to check ({ $page }/{ $pages })
page-of = { $page } / { $pages }

## Questions about a program

program-moved-on = This has changed meanwhile. Here is how it stands now.
program-moved-below = ⬇️ This program goes on further down.
program-saved-before = <b>{ $name }</b> is saved already. See /plans.
program-learned = Noted: that is how you call { $name }.
program-is-right = ✓ { $name }
program-ask-name = 🔴 Which exercise is <b>{ $words }</b>?
program-ask-name-again = I took <b>{ $words }</b> for <b>{ $name }</b>. Is that right?
program-ask-figures = 🟡 <b>{ $name }</b>: did I read the figures right?
program-ask-sets = 🔴 <b>{ $name }</b>: that is { $count } sets, and one exercise of a plan holds { $most }.
program-ask-bounds = 🔴 <b>{ $name }</b>: a figure in this cannot be kept as it stands.
program-ask-line = ⚪️ I could not read line { $number }:
program-understood = Understood: { $figures }
program-in-places = It stands in { $count } places; your answer holds for all of them.
program-figures-right = ✓ That is right
program-split = Split into { $parts }
program-keep-note = 📝 Keep it as a note
program-write-line = ✏️ Write it anew
program-ignore-line = Not an exercise
program-rewrite = ✏️ Write it anew
program-take-back = ↩️ Take it in again
program-which-item = Which exercise shall I correct? ({ $page }/{ $pages })
program-ask-rename = What shall the program be called?
program-ask-rewrite = Write the line anew, for example <code>bench press 3x8-10 @ 60kg, rest 2 min</code>.
program-rewrite-unread = I could not read that either. Name, sets and reps, like <code>bench press 3x8</code>; or /cancel.

## Saving a program

program-ask-open = { $count ->
        [one] One exercise is not settled yet:
       *[other] { $count } exercises are not settled yet:
    }
program-would-be-own = your own “{ $name }”
program-save-own = ✍️ Save all, keep those as my own
program-save-as-read = ✓ Save all as they are
program-save-without = Save without them
program-nothing-to-save = There is nothing in it to save.
program-saved = ✅ Saved <b>{ $name }</b>: { $workouts ->
        [one] 1 workout
       *[other] { $workouts } workouts
    }, { $exercises ->
        [one] 1 exercise
       *[other] { $exercises } exercises
    }.
program-saved-left-out = { $count ->
        [one] One exercise is left out; it stays with your text.
       *[other] { $count } exercises are left out; they stay with your text.
    }
program-saved-replacing = It takes the place of what I had saved of this message before; that is among the deleted /plans.
program-saved-current = It is your current plan now: /today shows the first workout.
program-discarded = 🗑 Put <b>{ $name }</b> away. Your text is kept.
program-revive = ↩️ Bring it back
plan-open = 📖 Open
plan-use = ▶️ Use this plan

## Plans

command-plans = your plans and the library
plans-shelf-own = <b>Your plans</b>
plans-shelf-library = <b>The library</b>: use one as it is, or make it your own.
plans-shelf-deleted = <b>Deleted plans</b>
plans-none = You have no plan yet. Paste a program in your own words, or take one from the library.
plans-none-deleted = Nothing is deleted.
plans-to-own = 📋 Your plans
plans-to-library = 📚 Library ({ $count })
plans-to-deleted = 🗑 Deleted ({ $count })
plans-back = « Plans
plan-counts = { $days ->
        [0] { "" }
        [one] 1 day a week,{ " " }
       *[other] { $days } days a week,{ " " }
    }{ $workouts ->
        [one] 1 workout
       *[other] { $workouts } workouts
    }, { $exercises ->
        [one] 1 exercise
       *[other] { $exercises } exercises
    }
plan-is-current = ▶️ This is your current plan.
plan-is-library = 📚 From the library.
plan-is-deleted = 🗑 This plan is deleted.
plan-restore = ↩️ Restore
plan-rename = ✏️ Rename
plan-delete = 🗑 Delete
plan-to-today = 📅 Today
plan-used = { $name } is your current plan now.
plan-deleted = 🗑 Deleted <b>{ $name }</b>. What you trained by it stays.
plan-ask-name = What shall <b>{ $name }</b> be called?
plan-ask-name-copy = What shall your own copy of <b>{ $name }</b> be called?
plan-renamed = ✅ It is called <b>{ $name }</b> now.
plan-moved-on = <b>{ $name }</b> has changed meanwhile. Here is how it stands now.
plan-moved-on-toast = This has changed meanwhile.
plan-gone = That plan is no longer there.
plans-to-library-plain = 📚 Library

## Today

command-today = the next workout of your plan
today-no-plan = { $count ->
        [0] You have no plan yet. Paste a program in your own words, or take one from the library.
       *[other] None of your plans is the current one. Choose one, paste a new program, or look at the library.
    }
    You can log sets without a plan all the same: <code>bench 80x8</code>.
today-unsaved = <b>{ $name }</b> is not saved yet: press ✅ Save below its preview, and it is your plan.
today-last-trained = Last trained on { $day }.
today-done = ✓ { $sets }
today-last-time = <i>last time: { $sets } ({ $day })</i>
today-start = ▶️ Start this workout
today-other = 🔀 Another
today-skip = ⏭ Skip
today-which = Which workout of <b>{ $name }</b>?

## Export

command-export = everything I keep of you, as a file; /export csv for a table
export-filename = repscribe-{ $day }.json
export-caption = Everything I keep of you, as JSON: plans, sessions, sets, records and the texts they came from.
