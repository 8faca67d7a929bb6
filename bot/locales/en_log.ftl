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
reps-alone = { $reps } reps
amount-many-sets = { $amount } ({ $count } sets)
amount-in-time = { $amount } in { $time }
effort-rpe = @{ $value }
effort-rir = { $value } RIR
kind-warmup = { $set } (warm-up)
kind-drop = { $set } (drop)
kind-failure = { $set } (to failure)
