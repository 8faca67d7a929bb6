# Programs: the preview and its questions, plans, today's workout, the export.

## Figures of a prescription

prescription-tempo = tempo { $tempo }
prescription-per-side = { $amounts } /side
prescription-sets-alone = { $sets ->
        [one] 1 set
       *[other] { $sets } sets
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
