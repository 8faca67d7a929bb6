# The user's own kit.

command-equipment = what you can train with

equipment-own = <b>Your kit</b>: { $count ->
        [one] 1 thing
       *[other] { $count } things
    }. Substitutes and warnings go by it.
equipment-none =
    <b>Your kit</b>
    You have told me none, so I take it that you can train with everything. Start with a whole kit, or pick piece by piece.
equipment-none-yet = Nothing is marked yet: as long as that is so, every exercise is allowed.
equipment-line = <b>{ $group }</b>: { $names }
equipment-group = { $group ->
        [free_weights] Free weights
        [racks] Racks and benches
        [cables] Cables
        [machines] Machines
        [body] Bands and body
        [cardio] Cardio
       *[strongman] Strongman
    }
equipment-group-count = { $group } { $own }/{ $all }
equipment-preset = { $preset ->
        [full_gym] 🏢 Full gym
        [home] 🏠 Home: dumbbells + bench
       *[bodyweight] 🤸 Bodyweight only
    }
equipment-put-back = ↩️ Back to what I had
equipment-forget = Allow everything
equipment-ask = <b>{ $group }</b>: tap what you have.
