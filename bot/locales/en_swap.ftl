# Another exercise in the place of one.

command-swap = another exercise instead of one: /swap bench

swap-instead = Instead of <b>{ $name }</b>:
swap-nothing = I know nothing that trains the same as <b>{ $name }</b> with your kit. /equipment changes it.
swap-needs = ⚠️ needs { $names }
swap-any-kit = Everything is allowed, as you have told no kit: /equipment
swap-more = More…
swap-choice-load = { $name } · { $load } (from your history)
swap-load-reason = { $name }: { $load }, as your best there is { $after } against { $before } here ({ $basis }).
swap-basis = { $basis ->
        [estimated] estimated 1RM
       *[heaviest] heaviest set
    }
swap-reason = instead of { $name }
swap-reason-load = instead of { $name }: best { $after } { $unit } against { $before } { $unit } there ({ $basis })
swap-done = 🔁 { $before } → <b>{ $after }</b>
swap-targets = Now: { $targets }
swap-load = Load: { $load }, by your history
swap-sets-kept = { $count ->
        [one] 1 set stays
       *[other] { $count } sets stay
    } with { $name }.
swap-copied = The plan is your own copy from here on.
swap-undo = ↩️ Undo
swap-undone = ↩️ Back to <b>{ $name }</b>.
swap-not-undone = That is no longer as it was, so I left it. /swap changes it again.
swap-moved-on = That exercise has changed since.
swap-not-found = I see no <b>{ $words }</b> in what you train. Without a word /swap shows what there is.
swap-no-plan = There is nothing to swap: start a workout with /today, or choose a plan with /plans.
plan-swap = ⚠️ All { $count } that need other kit
swap-ready = ⚠️ { $count ->
        [one] 1 exercise needs
       *[other] { $count } exercises need
    } what you do not have.
swap-which-workout = Which workout of <b>{ $name }</b>?
swap-which-exercise = Which exercise shall I swap?
swap-lacking-line = ⚠️ { $name } needs { $names }

## In the preview of a program

program-instead-of = <i>(instead of { $name })</i>
program-swap = ⚠️ { $before } → { $after }
program-swap-all = 🔁 Swap all { $count }
program-swap-back = ↩️ Back to { $name }
program-stands-in = <b>{ $name }</b> stands in for { $before }, which your kit does not allow.
