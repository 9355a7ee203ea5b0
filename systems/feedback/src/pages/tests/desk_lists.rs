//! What the desk finds when it asks for one state.

use super::{DESK, Fixture, HOLE, NOBODY, OTHER_DESK, assigned, code_of};

#[store::test]
async fn a_report_stands_in_the_list_of_the_state_it_is_in_and_in_no_other(f: Fixture) {
    let (read, _) = assigned(&f, NOBODY).await;
    let again = [HOLE, &[("van-gui", "yes")]].concat();
    let unread = code_of(&f.sent(NOBODY, &again, &[]).await);
    for (state, in_it, elsewhere) in [("assigned", &read, &unread), ("new", &unread, &read)] {
        let list = f.get(DESK, &format!("/phan-anh-xu-ly?trang-thai={state}")).await.page();
        assert!(list.contains(in_it.as_str()) && !list.contains(elsewhere.as_str()), "{state}: {list}");
    }
    let others = f.get(OTHER_DESK, "/phan-anh-xu-ly?trang-thai=new").await.page();
    assert!(!others.contains(&unread), "another ward's: {others}");
}
