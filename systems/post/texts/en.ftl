## dynamic: post-state-
## dynamic: post-verdict-

post-menu-desk = Post
post-menu-list = Post orders
post-menu-hand-over = Handed over today
permission-post-read = See post orders, print labels

post-leg-collect = Papers fetched from home
post-leg-return = Result brought home
post-state-wanted = To be sent
post-state-created = The carrier was told
post-state-accepted = The carrier has it
post-state-delivering = Out for delivery
post-state-delivered = Delivered
post-state-failed = Not delivered yet
post-state-returned = Brought back
post-state-cancelled = Cancelled
post-verdict-taken = Counted
post-verdict-repeated = Known
post-verdict-overtaken = Came after newer news
post-verdict-unknown-order = No such order
post-verdict-wrong-tracking = Wrong tracking number
post-verdict-after-cancel = Carried although cancelled: talk to the carrier
post-todo = To do:
post-todo-failed = Call the receiver; tell the carrier if address or hours have changed.
post-todo-returned = Keep the letter at the desk; ask the receiver to fetch it or to order again.

post-state-forbids = The order is no longer in a state that allows this.
post-moved-on = The order has changed. Please open the page again.
post-chosen-before = An order of the post is already under way for this dossier.
post-not-offered = The post can no longer be chosen for a dossier in this state.
post-accepted = The carrier has accepted the order; it cannot be cancelled any more.
post-error-no-carrier = The province is not connected to a carrier.
post-error-unknown = The carrier has no such order.
post-error-answer = The answer bears a wrong seal, or is about another order.
post-message-accepted = The carrier has accepted order { $code } under tracking number { $tracking }.
post-message-delivered = The carrier has delivered order { $code }.
post-message-failed = The carrier could not deliver order { $code } yet.
post-message-returned = The carrier has brought order { $code } back. You may fetch it at the desk or order again.

# Pages of applicants
post-show-title = Post for dossier { $code }
post-tracking = Tracking number
post-party = Name, telephone
post-address = Address
post-address-hint = Number, street, hamlet, commune; the province too if it is another
post-service = Service
post-cod = Cash on delivery
post-stations-none = The carrier has said nothing yet.
post-cancel = Cancel the order
post-cancel-asked = Waiting for the carrier to let go of it
post-choose = Choose the post
post-choose-send = Order the post
post-choose-none = The post cannot be chosen for this dossier now.
post-kind = You wish
post-kind-return-help = The result is sent to the address below as soon as it is there.
post-kind-collect-help = A postman fetches the papers at the address below and brings them to the desk.
post-kind-both = Both
post-kind-both-help = A postman fetches the papers, and later brings the result to the same address.
post-kind-missing = Choose one
post-name = Name
post-name-missing = Enter a name of no more than 100 characters
post-phone = Telephone
post-phone-wrong = Enter a telephone number in Vietnam, such as 0950 000 001
post-address-missing = Enter an address of no more than 300 characters
post-commune = Commune
post-commune-elsewhere = Outside the province (as the address says)
post-commune-unknown = Choose a commune of the list
post-service-missing = Choose a service
post-cod-wish = Pay the fees still due to the postman
post-note = Note for the postman (optional)
post-note-long = No more than 300 characters
post-told-chosen = The post was ordered.
post-told-cancelled = The order was cancelled.
post-told-cancel-asked = The carrier was asked to cancel the order.

# Pages of officers
post-desk-title = Post orders
post-desk-none = There are no orders.
post-all = All
post-column-code = Order
post-column-leg = Direction
post-column-state = State
post-column-wanted = Ordered
post-column-agency = Agency
post-column-said = At
post-column-verdict = What was made of it
post-column-errand = Delivery
post-column-answer = Answer
post-subject = Dossier
post-weight = Weight
post-label = Print the label
post-stations = Stations
post-odd = Words of the carrier that did not count
post-deliveries = Deliveries to the carrier
post-hand-over-title = Handed over to the carrier on
post-hand-over-day = Day
post-hand-over-see = See
post-hand-over-none = There are no letters on this day.
post-hand-over-print = Print the list

# Carrier of a demo
post-carrier-title = Carrier of the demo
post-carrier-demo = This page only shows how it works: nothing is carried.
post-carrier-none = There are no orders.

# Reconciliation
post-partner = Post
