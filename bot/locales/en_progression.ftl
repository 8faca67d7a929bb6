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
            [one] a set missed its reps ({ $reps }): try again
           *[other] missed { $count } times ({ $reps }): once more, then 10 % less
        }
       *[other] a set fell short of { $low } ({ $reps }): once more, then 10 % less
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
