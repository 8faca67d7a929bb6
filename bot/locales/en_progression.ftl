# What comes next time, and why; training maxima; plates and bars.

## Why a suggestion is what it is

progression-reason-double-up = all sets reached { $high }: { $step } more
progression-reason-linear-up = all reps made: { $step } more
progression-reason-less-help = all sets reached { $high }: less help, { $load }
progression-reason-beat = last time { $reps } reps: beat that
progression-reason-unfinished = not all sets were done last time: the same again
progression-reason-missed =
    { $allowed ->
        [3] { $count ->
            [one] { $reps } was short of { $low }: try again
           *[other] { $reps }, short again: once more, then 10 % less
        }
       *[other] { $reps } was short of { $low }: once more, then 10 % less
    }
progression-reason-too-hard = all reps made, but harder than planned: the same load again
progression-reason-less-after-misses = short of { $low } reps { $count } sessions in a row: 10 % lighter
progression-reason-nothing-heavier = all reps made, but nothing heavier than { $load } can be loaded: add reps
progression-reason-plan-load = the plan’s own load
progression-reason-start-light = nothing on record yet: start light, 2–3 reps in reserve
progression-reason-estimate = from your estimated 1RM of { $maximum }, with 2 reps in reserve
progression-reason-overruled = your own choice

progression-reason-rir-up = last time left room: { $rir } in reserve at about { $aimed } reps
progression-reason-rir-same = last time fits: { $rir } in reserve at about { $aimed } reps
progression-reason-rir-down = last time was too hard for { $rir } in reserve: lighter

progression-reason-training-max = percents of your training max of { $maximum }
progression-reason-derived-max = training max { $maximum }, 90 % of your estimated 1RM
progression-reason-one-rep-max = percents of your estimated 1RM of { $maximum }
progression-reason-no-maximum = no max on record yet: set one with /tm, or log a heavy set

progression-reason-gzclp-up = { $stage } made: { $step } more
progression-reason-gzclp-stage = { $missed } missed: { $stage } with the same load
progression-reason-gzclp-restart = { $missed } missed too: back to { $stage } with 85 %
progression-reason-gzclp-third-up = last set reached { $reps }: { $step } more
progression-reason-gzclp-third-again = last set { $reps } of { $enough }: the same load until it gets there

progression-reason-first-bodyweight = nothing on record yet: as many good reps as you have
progression-reason-rep-more = one more rep than last time in every set
progression-reason-harder = all sets reached { $high }: time for { $exercise }
progression-reason-set-more = all sets reached { $high }: one more set
progression-reason-at-the-top = all sets reached { $high }: time for a harder variation, or a load
progression-reason-first-hold = nothing on record yet
progression-reason-hold-up = all sets held for { $seconds } s: { $more } s more
progression-reason-hold-again = held { $held } s: first { $seconds } s in every set

## Suggestions in a list

progression-line = → <b>{ $what }</b> · { $why }
progression-why = <i>{ $why }</i>

## Plates on a bar

plates-head = <b>{ $load }</b> on a { $bar } bar
plates-each-side = each side: { $plates }
plates-bar-alone = the bar alone
plates-below-bar = { $load } is less than the { $bar } bar.
plates-not-exact = { $load } cannot be made with your plates: { $lighter } is the nearest below, { $heavier } the next above.
plates-all-there-is = { $load } is more than your plates come to. All of them:
plates-ask = Which load? For example <code>102.5</code> or <code>225 lb</code>, or <code>60 bar 15</code> for another bar.
plates-not-understood =
    “{ $words }” is no load. Write <code>/plates 102.5</code>, <code>/plates 225 lb</code>, or
    <code>/plates 25x2 20x4 10 5 2.5 1.25</code> to tell which plates you have (pairs after the ×).
plates-to-kit = 🏋️ Bars & plates

## Bars, plates and dumbbells

kit-loads-head = <b>Bars &amp; plates</b>: suggested loads are rounded to what these can make.
kit-loads-bars = Bar { $bar } · EZ bar { $ez } · trap bar { $trap }
kit-loads-plates = Plates: { $plates }
kit-loads-pairs = { $weight } ({ $pairs ->
        [one] { $pairs } pair
       *[other] { $pairs } pairs
    })
kit-loads-dumbbells = Dumbbells: { $sizes }
kit-loads-dumbbell-step = Dumbbells: every { $step }
kit-loads-stack = Machines and cables: every { $step }
kit-loads-usual = <i>This is an ordinary gym. Tell me what yours has.</i>
kit-loads-part = { $part ->
        [bar] Bars
        [ez_bar] EZ bar
        [trap_bar] Trap bar
        [plates] Plates
        [dumbbells] Dumbbells
       *[stack_step] Machines
    }
kit-loads-bar = { $kind ->
        [olympic] Olympic bar, { $weight }
        [womens] Women’s bar, { $weight }
       *[light] Light bar, { $weight }
    }
kit-loads-every = every { $step }
kit-loads-other-unit = In { $unit }
kit-loads-reset = ↩️ Ordinary gym
kit-loads-to-equipment = « Equipment
kit-loads-ask = { $part ->
        [bar] Which bar do you use most? Choose, or type its weight in { $unit }, such as <code>12.5</code>.
        [ez_bar] What does your EZ bar weigh, in { $unit }? Type it.
        [trap_bar] What does your trap bar weigh, in { $unit }? Type it.
        [plates] Which plates are there, in { $unit }? Type them, with the number of pairs where they are few: <code>25x2 20x4 10x2 5 2.5 1.25</code>.
        [dumbbells] Which dumbbells are there? Choose, or type them all, in { $unit }: <code>5 7.5 10 12.5 15</code>.
       *[stack_step] By how much do your machines and cables go up?
    }
kit-loads-changed = { $part ->
        [plates] ✅ Plates noted.
        [dumbbells] ✅ Dumbbells noted.
       *[other] ✅ Bar noted.
    }

## How exercises progress

command-progression = how your lifts go up, and why
command-tm = your training max: /tm squat 140
command-next = your own load for next time: /next bench 82.5
command-plates = plates on the bar: /plates 102.5

progression-head = <b>Progression</b> · { $plan }
progression-no-plan =
    You have no current plan. Choose one in /plans, or name an exercise: <code>/progression bench</code>.
progression-listed = • { $name }: { $scheme }
progression-listed-alone = • { $name }
progression-scheme = { $scheme ->
        [linear] linear
        [double] double progression
        [gzclp] GZCLP
        [percent_tm] percents of a max, 5/3/1
        [bodyweight_reps] bodyweight reps
        [hold_time] longer holds
       *[rir] reps in reserve
    }
progression-card-scheme = { $source ->
        [own] Goes by: <b>{ $scheme }</b> (your choice)
        [plan] Goes by: <b>{ $scheme }</b> (the plan says so)
        [alone] Without a plan it goes by: <b>{ $scheme }</b>
       *[derived] Goes by: <b>{ $scheme }</b> (by its sets and reps)
    }
progression-explained = { $scheme ->
        [linear] All reps made: a step up. Three sessions missed in a row: 10 % less.
        [double] All sets at the top of the rep range: a step up. Two sessions under the bottom in a row: 10 % less.
        [gzclp] All sets made: a step up. A miss changes the sets before it changes the load.
        [percent_tm] Loads are percents of your max. After a cycle a training max goes up; missing the written reps takes 10 % off.
        [bodyweight_reps] A rep more each time up to the top of the range, then a set more or a harder exercise.
        [hold_time] All sets held: 5 s more.
       *[rir] The load that should leave the reps in reserve the plan asks for; one step up at most.
    }
progression-choice = { $scheme ->
        [linear] • <b>linear</b>: a step up every session
        [double] • <b>double progression</b>: reps first, then load
        [gzclp] • <b>GZCLP</b>: a miss changes the sets first
        [percent_tm] • <b>percents of a max, 5/3/1</b>: in cycles
        [bodyweight_reps] • <b>bodyweight reps</b>: a rep more each time
        [hold_time] • <b>longer holds</b>: 5 s more each time
       *[rir] • <b>reps in reserve</b>: the load follows the effort
    }
progression-card-step = { $when ->
        [cycle] Step up after a cycle: { $step }
       *[made] Step up: { $step }
    }{ $own ->
        [yes] { " " }(your choice)
       *[no] { "" }
    }
progression-card-training-max = Training max: { $weight } · cycle { $cycle }
progression-card-derived-max = Training max: { $weight }, 90 % of your estimated 1RM
progression-card-next = Next time ({ $workout }): <b>{ $amounts }</b>
progression-card-next-alone = Next time: <b>{ $load }</b>
progression-card-no-plan = Not in your current plan: log it freely, or add it to the plan.
progression-to-schemes = 📈 Another scheme
progression-to-steps = ↕️ Step
progression-ask-next = 🎯 Next load
progression-ask-tm = 🏁 Training max
progression-forget-next = ↩️ Forget my next load
progression-forget-tm = ↩️ Forget the training max
progression-to-list = « All exercises
progression-open = 📈 Progression
progression-by-plan = ↩️ As the plan says
progression-ask-scheme = How shall { $name } go up?
progression-ask-step = By how much shall { $name } go up?
progression-usual-step = ↩️ The usual step
progression-ask-load = { $what ->
        [tm] What is your training max for { $name }? Write it, for example <code>140</code> or <code>315 lb</code>.
       *[next] Which load for { $name } next time? Write it, for example <code>82.5</code>.
    }
progression-settled = { $help ->
        [yes] 🎯 Next time { $name } with { $load } of help, whatever the scheme says.
       *[no] 🎯 Next time { $name } with { $load }, whatever the scheme says.
    }
progression-settled-nearest = The nearest you can load is { $nearest } (see /plates).
progression-load-refused = Nobody lifts that, so I left it. Write the load like <code>squat 140</code>.
next-how = Say the load you want next time: <code>/next bench 82.5</code>. <code>/next bench off</code> goes by the scheme again.

## Training maxima

tm-head = <b>Training maxima</b>
tm-head-none = No training max is set. Where a plan goes by percents, 90 % of your estimated 1RM is taken.
tm-listed = • { $name }: { $weight }
tm-how = Set one with <code>/tm squat 140</code>, see its percents with <code>/tm squat</code>.
tm-none = No training max for { $name } yet, and no 1RM on record. Set one: <code>/tm { $name } 100</code>.
tm-set = <b>{ $name }</b> · training max { $weight } · cycle { $cycle }
tm-derived = <b>{ $name }</b> · training max { $weight }, 90 % of your estimated 1RM
tm-raised = 📈 { $name }: cycle done, training max { $before } → <b>{ $after }</b>. Cycle { $cycle } begins.
tm-lowered = 📉 { $name }: short of the written reps, training max { $before } → <b>{ $after }</b>, 10 % less.
