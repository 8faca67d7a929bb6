# Calisthenics levels, and the week.

command-level = your calisthenics levels, and what is missing
command-week = this week: done, planned and missed days

level-head = 🤸 <b>Your calisthenics levels</b>
level-category = { $category ->
        [push] Push
        [pull] Pull
       *[squat] Squat
    }
level-name = { $level ->
        [0] Foundation
        [1] Beginner
        [2] Novice
        [3] Intermediate
        [4] Advanced
       *[5] Expert
    }
level-line = <b>{ $category }: { $name }</b> (level { $level }) · { $mastered } of { $all } mastered
level-try = Try { $name } next.
level-dose = { $sets } × { $amount }
level-mastered = ✓ <b>{ $name }</b>: { $dose }
level-learning = ▸ { $name }: { $dose }, best { $best } → next { $working }{ $tempo }
level-needs = {" "}⚠️ needs { $kit }
level-untried = · { $name }: { $dose }{ $tempo }
level-page = <b>{ $category } · { $name }</b> (level { $level }){ $state ->
        [passed] {" "}✅
        [here] {" "}📍 you are here
       *[ahead] {""}
    }
level-missing = Missing: { $names }.
level-more = { $count ->
        [one] Master one more skill here to level up.
       *[other] Master { $count } more skills here to level up.
    }
level-show = 🤸 My levels
level-news-mastered = ⭐ Mastered: <b>{ $name }</b>, { $dose }
level-news-lost = <b>{ $name }</b> is not mastered any more: no session has { $dose } now.
level-news-up = 🎉 Level up! <b>{ $category }: { $name }</b> (level { $level })
level-news-down = { $category } is { $name } again (level { $level }).

week-head = 🗓 <b>Week of { $day }</b>
week-day = { $today ->
        [yes] <b>{ $weekday } { $day }</b>
       *[no] { $weekday } { $day }
    } { $parts }
week-nothing = –
week-sets = { $count ->
        [one] 1 set
       *[other] { $count } sets
    }
week-planned = 📅 { $name }
week-missed = ❌ { $name } missed
week-skipped = ⏭ { $name } left out
week-category = { $category ->
        [push] push
        [pull] pull
        [squat] squat
        [hinge] hinge
        [lunge] lunge
        [core] core
        [carry] carry
        [isolation] isolation
        [olympic] olympic lifts
        [plyometric] jumps
        [cardio] cardio
       *[mobility] mobility
    }
week-none = Nothing done in this week.
week-total = { $days ->
        [one] 1 day
       *[other] { $days } days
    }{ $minutes ->
        [some] {""} · { $duration }
       *[none] {""}
    } · { $sets ->
        [one] 1 set
       *[other] { $sets } sets
    }
