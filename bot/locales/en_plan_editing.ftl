# Plans of the library, made one's own, and plans edited in the chat.

## The library

library-filtered = { $count ->
        [one] 1 plan
       *[other] { $count } plans
    } of { $total }.
library-none = No plan matches. Take a filter away.
library-missing = lacks { $count ->
        [one] 1 piece of kit
       *[other] { $count } pieces of kit
    }
library-by-goal = 🎯 { $value ->
        [any] Goal
        [strength] Strength
        [hypertrophy] Muscle
        [calisthenics] Calisthenics
        [weightlifting] Weightlifting
       *[conditioning] Conditioning
    }
library-by-days = 📆 { $value ->
        [any] Days
       *[other] { $value } a week
    }
library-by-level = 🎚 { $value ->
        [any] Level
        [beginner] Beginner
        [intermediate] Intermediate
       *[advanced] Advanced
    }
library-value-goal = { $value ->
        [strength] Strength
        [hypertrophy] Muscle
        [calisthenics] Calisthenics
        [weightlifting] Weightlifting
       *[conditioning] Conditioning
    }
library-value-days = { $value ->
        [1] 1 day a week
       *[other] { $value } days a week
    }
library-value-level = { $value ->
        [beginner] Beginner
        [intermediate] Intermediate
       *[advanced] Advanced
    }
library-choice = { $name } ({ $count })
library-choose = { $facet ->
        [goal] What do you train for?
        [days] How many days a week?
       *[level] How experienced are you?
    }
library-any = Any
library-kit-mine = 🧰 With my kit
library-kit-any = 🧰 With any kit
library-all = ✖️ All plans
library-open-copy = 📖 { $name }
library-is-fixed = <b>{ $name }</b> belongs to the library, so it stays as it is. I can copy it for you: your history and records go on, and the copy is yours to change.
library-has-copies = { $count ->
        [one] You have a copy of <b>{ $name }</b> already.
       *[other] You have { $count } copies of <b>{ $name }</b> already.
    } Open it, or make another one?
plan-mine = 📥 Make it mine
plan-mine-again = 📥 My copies
plan-mine-and-edit = 📥 Make it mine
plan-copy-another = 📥 Make another copy
plan-made-mine = { $name } is yours now.
plan-weeks-and-times = { $weeks ->
        [0] { "" }
        [one] 1 week{ $times ->
            [0] .
           *[other] ,{ " " }
        }
       *[other] { $weeks } weeks{ $times ->
            [0] .
           *[other] ,{ " " }
        }
    }{ $times ->
        [0] { "" }
        [one] Trained once.
       *[other] Trained { $times } times.
    }
plan-kit = 🧰 Needs: { $names }.
plan-kit-none = 🧰 Needs no kit.
plan-kit-missing = 🧰 You lack { $count } of { $total } pieces of kit: { $names }.
plan-edit = 🔧 Edit

## A plan

editing-exercise-count = { $count ->
        [0] no exercise yet
        [one] 1 exercise
       *[other] { $count } exercises
    }
editing-no-workouts = There is no workout in it yet.
editing-add-workout = ➕ Workout
editing-description = 📝 Description
editing-put-back-count = ↩️ Put back ({ $count })
editing-back-to-plan = « Plan
editing-back-to-workouts = « Workouts
editing-back-to-workout = « Workout
editing-name-and-day = { $name } ({ $day })

## A workout

editing-tap-number = <i>Tap a number to change its exercise.</i>
editing-no-exercises = There is no exercise in it yet.
editing-add-exercise = ➕ Exercise
editing-name = ✏️ Name
editing-day = 📆 Day
editing-up = ⬆️
editing-down = ⬇️
editing-copy = 📑 Copy
editing-remove = 🗑 Remove
editing-weekday = { $day ->
        [0] Mon
        [1] Tue
        [2] Wed
        [3] Thu
        [4] Fri
        [5] Sat
       *[6] Sun
    }
editing-no-day = No fixed day
editing-ask-day = On which day is <b>{ $name }</b>?

## An exercise

editing-place = Exercise { $number } of { $count } in { $workout }
editing-nothing-asked = Nothing is asked for yet.
editing-superset-with = 🔗 in turns with { $name }
editing-sets-differ = <i>The sets differ. Type them again, or make them equal.</i>
editing-sets = { $count ->
        [0] sets
        [one] 1 set
       *[other] { $count } sets
    }
editing-reps = { $reps ->
        [1] 1 rep
       *[other] { $reps } reps
    }
editing-reps-none = reps
editing-make-equal = Make all sets like the first
editing-type = ⌨️ Type it: 4x6-8 @8, 90s rest
editing-rest = ⏱ Rest
editing-effort = 🔥 Effort
editing-tempo = 🎵 Tempo
editing-note = 📝 Note
editing-join = 🔗 Superset with the one above
editing-part = ✂️ Out of the superset
editing-per-side = ↔️ Per side
editing-both-sides = ↔️ Not per side
editing-no-load = No load
editing-replace = 🔁 Replace
editing-none = None
editing-take-away = ✖️ Take it away
editing-ask-field = { $field ->
        [rest] How long is the rest after each set of <b>{ $name }</b>?
       *[effort] How hard is <b>{ $name }</b> meant to be? RPE above, reps in reserve below.
    }

## What is typed

editing-ask-add = Which exercise shall I add to <b>{ $name }</b>? Figures may come along: <code>incline press 3x8-12, 2 min rest</code>.
editing-ask-replace = What takes the place of <b>{ $name }</b>? Write it, or choose one that trains the same. Sets and reps stay unless you write others; the load does not.
editing-ask-figures = What changes for <b>{ $name }</b>? For example <code>4x6-8 @8 90s rest</code>, <code>80kg</code>, <code>5x65% 5x75% 5+x85%</code>. What you leave out stays.
editing-ask-tempo = In what tempo is <b>{ $name }</b>? Down, pause, up, pause: <code>3-1-1-0</code>.
editing-ask-note = What shall I note on <b>{ $name }</b>?
editing-ask-workout-name = What shall <b>{ $name }</b> be called?
editing-ask-new-workout = What is the new workout of <b>{ $name }</b> called?
editing-ask-description = What is <b>{ $name }</b> about? Write a few sentences.
editing-which = Which exercise is <b>{ $words }</b>? Choose one, or write it another way.
editing-which-none = I know no exercise like <b>{ $words }</b>. Write it another way, or keep it as your own.
editing-or-write-anew = Or write it anew.
editing-figures-unread = I could not read that. Sets and reps like <code>4x6-8</code>, then load, effort or rest; or /cancel.
editing-tempo-unread = I could not read that. Three or four figures, like <code>3-1-1-0</code>; or /cancel.
editing-too-many-sets = One exercise holds 15 sets at most. For more, add it twice.
editing-out-of-bounds = A figure in this is out of all bounds. Write it anew, or /cancel.
editing-one-by-one = I am not sure about “{ $name }”, so I added nothing. Write it by itself and I can ask you about it.

## What came of it

editing-limit = It goes no further than that.
editing-added = ➕ Added.
editing-added-usual = ➕ Added with its usual figures. Change them below.
editing-workout-added = ➕ Added. Now its exercises.
editing-replaced = 🔁 Replaced; sets and reps stayed.
editing-replaced-load = 🔁 Replaced; sets and reps stayed, the load was for the other one.
editing-swapped = 🔁 Replaced; sets and reps were carried over.
editing-swapped-load = 🔁 Replaced; the load was carried over by your history.
editing-copied = 📑 Here is the copy.
editing-removed = Removed. It can be put back.
editing-put-back-done = It is back.
editing-put-back = ↩️ Put it back
editing-put-back-one = ↩️ { $name }
editing-is-removed = <b>{ $name }</b> was taken out.
editing-which-back = What shall come back into <b>{ $name }</b>?
editing-most-workouts = A plan holds 60 workouts at most.
editing-most-exercises = A workout holds 30 exercises at most.
editing-of-plan-edit = That message changed your plan. To change it once more, open the plan with /plans.
