//! A province with many reports from the field: three years of them, as many in each hour, where people live. Whatever
//! lists and maps ask for is there; cases, clocks and the journal are not.

use std::time::Instant;

use anyhow::{Context, Result};
use base::{FixedRandom, Id, Now, Random, fold};
use chrono::{DateTime, Datelike as _, TimeDelta};
use feedback::rules::rules;
use province::Charge;
use store::{Sql, Store, Tx};

use crate::ground::Kind;
use crate::history::History;
use crate::land::{Land, Spot};
use crate::told;

const HOURS: i64 = 3 * 365 * 24;
/// The longest deadline ends before so many hours more.
const AFTERWARDS: i64 = 30 * 24;
const COLUMNS: usize = 13;
/// Rows of one statement: a database takes 32,766 values.
const AT_ONCE: usize = 32_766 / COLUMNS;
/// Reports that are written in one transaction.
const BATCH: i64 = 50_000;
/// The zooms of the cells that are counted.
const ZOOMS: std::ops::RangeInclusive<u8> = 3..=18;
/// Said after the title of the kind. Some words are in one of three reports, some in one of a hundred and fifty.
const SAID: [&str; 12] = [
    "Đã ba ngày nay, người dân đi lại rất khó khăn.",
    "Tình trạng này kéo dài, đề nghị phường cử người xuống kiểm tra.",
    "Gần cổng trường, trẻ em đi qua nguy hiểm, đề nghị kiểm tra sớm.",
    "Tối qua có người suýt ngã xe ở đoạn này.",
    "Trước đây đã phản ánh một lần, nay lại như cũ.",
    "Mưa lớn từ đêm, nước chưa rút.",
    "Khu chợ đông người, nhất là buổi sáng.",
    "Đoạn đường liên thôn, xe tải chạy nhiều.",
    "Mong được xử lý trước ngày lễ, đề nghị kiểm tra giúp.",
    "Ngay đầu hẻm, bên trái là trạm biến áp.",
    "Kéo dài khoảng hai trăm mét dọc bờ kênh.",
    "Ban đêm không ai thấy, rất dễ xảy ra tai nạn.",
];

/// Makes so many reports more, the last of them at this moment.
pub(crate) async fn grow(store: &Store, kind: Kind, now: Now, wanted: u32) -> Result<()> {
    let began = Instant::now();
    let random = FixedRandom::new(11);
    let land = Land::of(store, now, &random).await?;
    let kinds = kinds(store, now).await?;
    store.write(async |tx| remember(tx, now, &kinds).await).await.map_err(told)?;
    let wanted = i64::from(wanted);
    for first in (1..=wanted).step_by(usize::try_from(BATCH)?) {
        let last = (first + BATCH - 1).min(wanted);
        let drawn: Result<Vec<Drawn>> =
            (first..=last).map(|number| Drawn::of(number, wanted, &land, kinds.len(), &random)).collect();
        let drawn = drawn?;
        store
            .write(async |tx| {
                for some in drawn.chunks(AT_ONCE) {
                    draw(tx, store.kind(), some).await?;
                }
                write(tx, kind, first, last).await
            })
            .await
            .map_err(told)?;
        if last % 200_000 == 0 {
            println!("{kind}: {last} of {wanted} reports ({:.0} s)", began.elapsed().as_secs_f32());
        }
    }
    store.write(async |tx| count_cells(tx).await).await.map_err(told)?;
    super::tidy(store, kind).await
}

/// Public reports with a place.
pub(crate) async fn on_map(store: &Store) -> Result<i64> {
    let count = Sql::new("SELECT count(*) FROM feedback_reports WHERE public_at IS NOT NULL AND place_key IS NOT NULL");
    count.one(store.read(), |row| row.get(0)).await.map_err(told)?.context("a count")
}

/// A kind of report, with the agencies that the rules name for it; none where the commune's committee does it.
struct Known {
    rules: &'static province::Kind,
    public: bool,
    received_by: Option<Id>,
    handled_by: Option<Id>,
}

async fn kinds(store: &Store, now: Now) -> Result<Vec<Known>> {
    let rules = rules().map_err(told)?;
    let mut known = Vec::new();
    for kind in &rules.kinds {
        let sort = rules.sort(&kind.sort).context("a kind without a sort")?;
        known.push(Known {
            rules: kind,
            public: sort.public,
            received_by: charged(store, now, &sort.received_by).await?,
            handled_by: charged(store, now, &kind.handled_by).await?,
        });
    }
    Ok(known)
}

async fn charged(store: &Store, now: Now, charge: &Charge) -> Result<Option<Id>> {
    let agencies = directory::queries::agencies_of_kind(store.read(), &charge.kind, now.today()).await.map_err(told)?;
    Ok(agencies.into_iter().find(|agency| charge.notation.as_ref() == Some(&agency.notation)).map(|agency| agency.id))
}

/// What one report is, before it becomes a row.
struct Drawn {
    number: i64,
    spot: Spot,
    kind: i64,
    said: i64,
    /// The hour in which it was sent.
    filed: i64,
    history: History,
}

impl Drawn {
    fn of(number: i64, all: i64, land: &Land, kinds: usize, random: &(dyn Random + 'static)) -> Result<Self> {
        let filed = number * HOURS / all;
        // Of two the earlier: rules begin with what is reported most.
        let kind = random.below(kinds as u64).min(random.below(kinds as u64));
        Ok(Self {
            number,
            spot: land.spot(random)?,
            kind: i64::try_from(kind)?,
            said: i64::try_from(random.below(SAID.len() as u64))?,
            filed,
            history: History::of(HOURS - filed, random),
        })
    }

    /// The columns of `bench_reports`.
    fn bound_to(&self, sql: Sql) -> Sql {
        let Self { spot: Spot { place, commune }, history, filed, .. } = self;
        let hour = |after: Option<i64>| after.map(|after| filed + after);
        sql.bind(self.number)
            .bind(i64::from(place.lat))
            .bind(i64::from(place.lon))
            .bind(place.key())
            .bind(commune.uuid())
            .bind(self.kind)
            .bind(self.said)
            .bind(history.state.as_str())
            .bind(*filed)
            .bind(hour(history.read))
            .bind(hour(history.answered))
            .bind(hour(history.closed))
            .bind(history.satisfied)
    }
}

/// Tables that rows are made from: the hours, the kinds, and what is said.
async fn remember(tx: &Tx, now: Now, kinds: &[Known]) -> base::Result<()> {
    for table in [
        "CREATE TABLE bench_hours (hour bigint NOT NULL PRIMARY KEY, at timestamptz NOT NULL, year text NOT NULL, \
         id text NOT NULL)",
        "CREATE TABLE bench_kinds (kind bigint NOT NULL PRIMARY KEY, code text NOT NULL, sort text NOT NULL, \
         public boolean NOT NULL, received_by uuid, handled_by uuid, hours bigint NOT NULL, folded text NOT NULL)",
        "CREATE TABLE bench_said (kind bigint NOT NULL, said bigint NOT NULL, words text NOT NULL, folded text NOT NULL, \
         PRIMARY KEY (kind, said))",
        "CREATE TABLE bench_reports (number bigint NOT NULL PRIMARY KEY, lat bigint NOT NULL, lon bigint NOT NULL, \
         place_key bigint NOT NULL, commune_id uuid NOT NULL, kind bigint NOT NULL, said bigint NOT NULL, \
         state text NOT NULL, filed bigint NOT NULL, read bigint, answered bigint, closed bigint, satisfied boolean)",
    ] {
        Sql::new(table).run(tx).await?;
    }
    for hour in 0..=HOURS + AFTERWARDS {
        let at: DateTime<_> = now.utc() - TimeDelta::hours(HOURS - hour);
        Sql::new("INSERT INTO bench_hours (hour, at, year, id) VALUES ($1, $2, $3, $4)")
            .bind(hour)
            .bind(at)
            .bind(format!("{:02}", base::local(at).year().rem_euclid(100)))
            .bind(format!("{:012x}", at.timestamp_millis()))
            .run(tx)
            .await?;
    }
    for (number, kind) in (0_i64..).zip(kinds) {
        Sql::new("INSERT INTO bench_kinds VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
            .bind(number)
            .bind(kind.rules.code.as_str())
            .bind(kind.rules.sort.as_str())
            .bind(kind.public)
            .bind(kind.received_by.map(Id::uuid))
            .bind(kind.handled_by.map(Id::uuid))
            .bind(24 * (1 + number % 7))
            .bind(fold(&kind.rules.title))
            .run(tx)
            .await?;
        for (turn, said) in (0_i64..).zip(SAID) {
            let words = format!("{}. {said}", kind.rules.title);
            Sql::new("INSERT INTO bench_said VALUES ($1, $2, $3, $4)")
                .bind(number)
                .bind(turn)
                .bind(words.as_str())
                .bind(fold(&words))
                .run(tx)
                .await?;
        }
    }
    Ok(())
}

async fn draw(tx: &Tx, kind: store::Kind, drawn: &[Drawn]) -> base::Result<()> {
    let rows = store::row_marks(kind, drawn.len(), COLUMNS);
    let sql = Sql::composed(format!("INSERT INTO bench_reports VALUES {rows}"));
    drawn.iter().fold(sql, |sql, one| one.bound_to(sql)).run(tx).await?;
    Ok(())
}

/// Rows of one run of reports.
async fn write(tx: &Tx, kind: Kind, first: i64, last: i64) -> base::Result<()> {
    let [id, form, case] = ["8000", "8001", "8002"].map(|part| match kind {
        Kind::Sqlite => format!("unhex(f.id || '7000{part}' || printf('%012x', o.number))"),
        Kind::Postgres => format!("(f.id || '7000{part}' || lpad(to_hex(o.number), 12, '0'))::uuid"),
    });
    let code = "'PA-' || f.year || '-' || (1000000 + o.number)";
    let street = "'Đường Ví Dụ, gần số ' || o.number % 200";
    let public = "k.public AND r.at IS NOT NULL AND o.state <> 'refused'";
    let of = format!(
        "FROM bench_reports o JOIN bench_hours f ON f.hour = o.filed JOIN bench_kinds k ON k.kind = o.kind \
         JOIN bench_said w ON w.kind = o.kind AND w.said = o.said LEFT JOIN bench_hours r ON r.hour = o.read \
         LEFT JOIN bench_hours p ON o.read IS NOT NULL AND p.hour = o.filed + k.hours \
         LEFT JOIN bench_hours a ON a.hour = o.answered LEFT JOIN bench_hours c ON c.hour = o.closed \
         WHERE o.number BETWEEN {first} AND {last}"
    );
    Sql::composed(format!(
        "INSERT INTO feedback_reports (id, form_id, case_id, secret_digest, code, sort, kind, lat, lon, place_key, \
         place_words, commune_id, words, public_words, public_place_words, state, receiving_id, agency_id, filed_at, \
         received_at, public_at, promised_at, answered_at, answer_minutes, closed_at, reopened, satisfied, supports) \
         SELECT {id}, {form}, {case}, 'bench', {code}, k.sort, k.code, o.lat, o.lon, o.place_key, \
         {street}, o.commune_id, w.words, CASE WHEN {public} THEN w.words END, CASE WHEN {public} THEN {street} END, \
         o.state, coalesce(k.received_by, o.commune_id), \
         CASE WHEN o.read IS NULL THEN coalesce(k.received_by, o.commune_id) ELSE coalesce(k.handled_by, o.commune_id) END, \
         f.at, r.at, CASE WHEN {public} THEN r.at END, p.at, a.at, (o.answered - o.filed) * 60, c.at, 0, o.satisfied, \
         o.number % 5 {of}"
    ))
    .run(tx)
    .await?;
    for agency in ["receiving_id", "agency_id"] {
        Sql::composed(format!(
            "INSERT INTO feedback_agencies (agency_id, report_id, state) SELECT s.{agency}, s.id, s.state \
             FROM bench_reports o JOIN bench_hours f ON f.hour = o.filed JOIN feedback_reports s ON s.id = {id} \
             WHERE o.number BETWEEN {first} AND {last} ON CONFLICT DO NOTHING"
        ))
        .run(tx)
        .await?;
    }
    let body = format!(
        "lower(replace({code}, '-', ' ')) || ' ' || CASE WHEN {public} THEN w.folded || ' duong vi du gan so ' || \
         o.number % 200 ELSE k.folded END"
    );
    match kind {
        Kind::Sqlite => {
            Sql::composed(format!("INSERT INTO feedback_search_rows (id) SELECT {id} {of} ORDER BY o.number"))
                .run(tx)
                .await?;
            Sql::composed(format!(
                "INSERT INTO feedback_search (rowid, body) SELECT d.doc, b.body FROM (SELECT {id} AS id, {body} AS body {of}) b \
                 JOIN feedback_search_rows d ON d.id = b.id ORDER BY d.doc"
            ))
            .run(tx)
            .await?;
        }
        Kind::Postgres => {
            Sql::composed(format!(
                "INSERT INTO feedback_search (id, body) SELECT {id}, to_tsvector('simple', {body}) {of}"
            ))
            .run(tx)
            .await?;
        }
    }
    Ok(())
}

/// Adds what was grown to the counts that the program kept of the demo's own.
async fn count_cells(tx: &Tx) -> base::Result<()> {
    for zoom in ZOOMS {
        let below = 2 * (geo::DEEPEST - zoom);
        Sql::composed(format!(
            "INSERT INTO feedback_cells (zoom, cell, count) SELECT {zoom}, place_key >> {below}, count(*) \
             FROM feedback_reports WHERE public_at IS NOT NULL AND secret_digest = 'bench' GROUP BY 2 \
             ON CONFLICT (zoom, cell) DO UPDATE SET count = feedback_cells.count + excluded.count"
        ))
        .run(tx)
        .await?;
    }
    Ok(())
}
