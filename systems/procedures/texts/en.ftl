procedures-menu = Procedures
procedures-menu-group = Procedures
procedures-menu-versions = Versions
permission-procedures-manage = Manage the catalogue of procedures

# Home
procedures-home-title = Home
procedures-home-question = What do you need to do?
procedures-search = Search
procedures-search-example = For example: khai sinh, xây nhà, mở cửa hàng
procedures-search-hint = With or without diacritics. Do you have a dossier code?
procedures-look-up = Look up a dossier
procedures-look-up-qr = or scan the QR code on your receipt.
procedures-mine = My dossiers
procedures-mine-supplement = Supplement now
procedures-mine-open = Open the dossier
procedures-mine-none = You have no dossier under way.
procedures-mine-all = All my dossiers
procedures-events = By life event
procedures-all = All procedures
procedures-all-help = By field and by agency
procedures-follow = Follow a dossier
procedures-follow-help = Sign in to see where your dossier is, how long it will take and who has it.
procedures-sign-in = Sign in
procedures-follow-by-code = Look up by dossier code, without an account
procedures-figures = How the province worked this month
procedures-figure-received = dossiers received
procedures-figure-online = filed online
procedures-figure-in-time = early or on time
procedures-figure-late = dossiers late
procedures-filing = Where to file online

# List
procedures-list-title = Administrative procedures
procedures-narrow = Narrow by field, agency
procedures-by-event = Life event
procedures-all-events = All life events
procedures-all-fields = All fields
procedures-all-agencies = All agencies
procedures-count = { $count ->
    [one] One procedure.
   *[other] { $count } procedures.
}
procedures-show-all = Show all procedures
procedures-none = No procedure found
procedures-none-words = Try fewer words, for example “khai sinh”, or fewer conditions.
procedures-none-hotline = Call { $hotline } for help.
procedures-column-name = Procedure
procedures-column-agency = Where it is decided

# One procedure: what must be public
procedures-in-short = In short
procedures-general = General
procedures-item-code = Code
procedures-item-name = Name
procedures-item-field = Field
procedures-item-agency = Agency
procedures-item-level = Level of online service
procedures-item-applicants = Who may apply
procedures-item-decision = Announced by
procedures-item-channels = Ways to file
procedures-item-steps = Steps
procedures-item-deadline = Time limit
procedures-item-phi = Service fees (phí)
procedures-item-le-phi = State charges (lệ phí)
procedures-item-components = Papers required
procedures-item-conditions = Conditions
procedures-item-basis = Legal basis
procedures-item-forms = Forms
procedures-item-results = Results
procedures-receives = receives
procedures-decides = decides
procedures-level-full = Fully online
procedures-level-partial = Partly online
procedures-level-none = Not online yet
procedures-tag-full = Fully online
procedures-tag-partial = Partly online
procedures-tag-none = In person
procedures-applicant-citizen = citizens
procedures-applicant-business = enterprises
procedures-applicant-household-business = household businesses
procedures-applicant-organisation = organisations
procedures-channel-counter = In person
procedures-channel-online = Online
procedures-channel-post = By post
procedures-by-counter = in person
procedures-by-online = online
procedures-by-post = by post
procedures-way-counter = In person at the one-stop desk
procedures-way-online = Online on the public service portal
procedures-way-post = Through the public post
procedures-cost = Fees
procedures-free = Free of charge
procedures-by-number = Only by the number of copies or pages
procedures-nothing-to-pay = Nothing to pay.
procedures-fee = Fee
procedures-fee-demo = Amount for the demo
procedures-decision-demo = Demo
procedures-per-dossier = Per dossier
procedures-per-copy = Per copy
procedures-per-page = Per page
procedures-beyond = after the first { $units }: { $amount }
procedures-at-most = at most { $amount } a copy
procedures-paid-on-receipt = paid when filing
procedures-paid-on-return = paid on return of the result
procedures-exemptions = Exemptions
procedures-exempt = exempt
procedures-reduced = reduced by { $percent }%
procedures-component = Paper
procedures-number = Number
procedures-originals = { $count ->
    [one] 1 original
   *[other] { $count } originals
}
procedures-copies = { $count ->
    [one] 1 copy
   *[other] { $count } copies
}
procedures-component-when = When: { $condition }
procedures-component-reuse = Not asked for again if the province already holds it.
procedures-no-components = No papers are asked for.
procedures-form-online = An electronic form, filled in while filing; at the one-stop desk an officer helps.
procedures-form-asks = What the form asks
procedures-no-form = There is no form of its own.
procedures-file = File a dossier
procedures-file-national = File on the National Public Service Portal
procedures-file-desk = This procedure is filed in person at the one-stop desk:
procedures-assurance = You need an account at identification level 2.
procedures-part-only = This procedure is a part of others and is not filed by itself.
procedures-not-in-force = Nobody can file by this version.
procedures-see-in-force = See the current one
procedures-see-field = See procedures of the same field

# Versions
procedures-versions = Versions
procedures-version-from = From
procedures-version-to = Until the end of
procedures-version-standing = Standing
procedures-in-force = In force
procedures-upcoming = Upcoming
procedures-ended = Ended
procedures-replaced = Replaced by a correction
procedures-holds-from = In force from { $day }.
procedures-held-until = No longer in force after { $day }.
procedures-admin-title = Versions of procedures
procedures-admin-help = Every publication is a version that never changes again. A running dossier stays on the version it was filed under.
procedures-admin-none = There is no such version.
procedures-all-versions = All versions
procedures-published = Published at

# A guide that asks
procedures-guides-title = Find a procedure by questions
procedures-guides-lead = Choose what it is about and answer a few questions: the portal says which procedures are needed and what to bring.
procedures-guides-link = Not sure which procedure you need? Answer a few questions
procedures-guide-together = File these together
procedures-guide-found = What you need
procedures-guide-said = What you answered
procedures-guide-change = Change
