# Menu and permission
exchange-menu = Deliveries
permission-exchange-reconcile = Reconcile deliveries

# List
exchange-title = Deliveries to the outside
exchange-about = Every mail, document and datum that leaves the system. It counts as delivered only once the recipient has confirmed it.
exchange-empty = No delivery is in this state.
exchange-missing = The connector “{ $connector }” is not configured: its deliveries wait until it is.
exchange-created = Made at
exchange-connector = Connector
exchange-destination = Destination
exchange-subject = About
exchange-tries = Tries
exchange-last = Last result

# States
exchange-state-queued = Waiting
exchange-state-sending = Being sent
exchange-state-delivered = Delivered
exchange-state-failed = Refused by the recipient
exchange-state-given-up = Given up
exchange-state-cancelled = Cancelled

# One delivery
exchange-one-title = One delivery
exchange-key = Key against duplicates
exchange-delivered = Delivered at
exchange-next = Next try
exchange-receipt = Receipt
exchange-error = Why it has not arrived
exchange-retry = Send again
exchange-cancel = Cancel the delivery
exchange-requeued = It waits to be sent again.
exchange-cancelled = Cancelled. It will not be sent any more.

# Tries
exchange-attempts = Tries
exchange-attempts-none = Not tried yet.
exchange-attempt-started = Started
exchange-attempt-ended = Ended
exchange-attempt-outcome = Outcome
exchange-attempt-detail = Detail
exchange-attempt-delivered = Confirmed by the recipient
exchange-attempt-retry = Not yet, will be tried again
exchange-attempt-rejected = Refused by the recipient
exchange-attempt-running = Being sent
exchange-attempt-lost = Broken off; nobody knows whether the recipient has it

# Reasons
exchange-error-no-answer = The recipient did not answer in time.
exchange-error-worker-lost = The sending machine was interrupted several times.
exchange-error-state = This delivery is being sent or is finished, so it cannot be changed. Please reload the page.

# Events inside
exchange-events = Events not processed
exchange-events-about = A part of the system tried eight times and stopped. Once the cause is mended, “Send again” takes the event up again.
exchange-event-parked = Stopped at
exchange-event-listener = Processed by
exchange-event-position = Position in the journal
exchange-event-requeued = The event will be processed again.

# Reconciliation
## dynamic: exchange-comparison-
exchange-crossings-menu = Reconciliation with others
exchange-crossings-title = Reconciliation with others on
exchange-crossings-about = What went outside on the day and what the others have of it. Every figure opens its rows.
exchange-crossings-day = Day
exchange-crossings-see = See
exchange-crossings-comparison = Outcome
exchange-crossings-count = Rows
exchange-crossings-ours = We have
exchange-crossings-theirs = They have
exchange-crossings-none = There are no rows.
exchange-crossings-key = Code
exchange-crossings-reason = Reason, who deals with it
exchange-crossings-closed = Dealt with:
exchange-comparison-matched = Matched
exchange-comparison-only-ours = Only ours
exchange-comparison-only-theirs = Only theirs
exchange-comparison-different = Different
exchange-comparison-waiting = Waiting
exchange-comparison-given-up = Given up
exchange-note = What was found out
exchange-note-missing = Say what was found out, in no more than 500 characters
exchange-close-difference = Close the difference
exchange-difference-closed = The difference was closed.
