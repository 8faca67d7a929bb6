## What is kept, and its end

command-privacy = what I keep of you, and how to erase it

privacy =
    <b>What I keep of you</b>
    { $plans ->
        [one] 1 plan
       *[other] { $plans } plans
    }, { $sessions ->
        [one] 1 session
       *[other] { $sessions } sessions
    }, { $sets ->
        [one] 1 set
       *[other] { $sets } sets
    }, { $texts ->
        [one] 1 text
       *[other] { $texts } texts
    } as you wrote them, { $exercises ->
        [one] 1 exercise
       *[other] { $exercises } exercises
    } of your own, your name on Telegram and your settings.
    Nobody but you sees it, unless you invite a coach. A text that I cannot read by myself goes to a language model, without your name.
button-privacy-export = 📦 Give me all of it
button-privacy-erase = Erase my account

private-only = I speak of that in our private chat only.

privacy-ask =
    Erase your account? { $plans ->
        [one] 1 plan
       *[other] { $plans } plans
    }, { $sessions ->
        [one] 1 session
       *[other] { $sessions } sessions
    } and { $sets ->
        [one] 1 set
       *[other] { $sets } sets
    } would be gone, with every record. /export keeps a copy for you.
privacy-ask-again = <b>This is the last question.</b> Nobody can bring it back afterwards, not even I. Erase everything?
button-privacy-go-on = Yes, erase it
button-privacy-erase-now = Erase everything for ever
button-privacy-keep = Keep it all
privacy-erasing = Your account is being erased.
privacy-farewell = All of it goes now: plans, sessions, sets, records and texts. Train well! Should you write to me again, we start from nothing.
