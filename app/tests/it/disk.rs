//! A disk that takes no more.

use std::sync::Arc;

use base::SystemClock;
use http::StatusCode;
use store::{Kind, Sql};
use tinhso::Plan;

use crate::binary::{Posted, Serving, files_under};
use crate::province::{Ground, Province};

const MEGABYTE: usize = 1024 * 1024;

fn pdf(size: usize) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    bytes.resize(size, b'\n');
    bytes
}

#[tokio::test]
async fn an_upload_that_does_not_fit_is_refused_cleanly_and_nothing_half_made_stays() {
    let plan = Plan { dossiers: 1, days: 1, seed: 1, papers: 1000 };
    let province = Province::open(Ground::new(Kind::Sqlite).await, plan, Arc::new(SystemClock)).await;
    let token = province.citizens().await[0].token.clone();
    let ground = province.close().await;
    let folder = ground.place.data.join("files");
    let before = files_under(&folder);
    // The limit lies above what the database needs and below what an upload may have; shells count it in kilobytes or
    // half of them. The signal that comes with it is for programs that do not look at errors.
    let full = Serving::start_after("trap '' XFSZ; ulimit -f 40000", &["demo"], &ground.place);
    let upload = "/api/v1/files?name=ban-ve.pdf";
    let refused = full.sender().post(upload, &token, "khoa-cua-ban-ve", Posted::Bytes(pdf(24 * MEGABYTE))).await;
    let (status, problem) = refused.unwrap();
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE, "{problem}");
    // Pieces that were on their way to the disk when it was full are cleared away behind the answer.
    for _ in 0..100 {
        if files_under(&folder) == before {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    assert_eq!(files_under(&folder), before, "a half of the file stays");
    let small = full.sender().post(upload, &token, "khoa-cua-giay-nho", Posted::Bytes(pdf(MEGABYTE))).await.unwrap();
    assert_eq!(small.0, StatusCode::OK, "what fits is still taken: {}", small.1);
    assert_eq!(full.stop(), Some(0));

    let store = ground.store().await;
    let kept: i64 =
        Sql::new("SELECT count(*) FROM dossiers_uploads").one(store.read(), |row| row.get(0)).await.unwrap().unwrap();
    assert_eq!(kept, 1, "a row tells of a file that is not there");
    store.close().await.unwrap();
}
