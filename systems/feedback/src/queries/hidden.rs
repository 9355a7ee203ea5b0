use base::{Id, Result};
use photos::Area;
use store::{Connection, Sql};

/// Areas are kept in such parts of a side.
pub(crate) const PARTS: f64 = 10_000.0;

/// What is hidden of a picture, as it was drawn: the id of each area, and where it is.
pub async fn hidden_areas(c: &impl Connection, photo: Id) -> Result<Vec<(Id, Area)>> {
    Sql::new("SELECT id, from_left, from_top, width, height FROM feedback_hidden_areas WHERE photo_id = $1 ORDER BY id")
        .bind(photo.uuid())
        .all(c, |row| {
            let share = |column| Ok::<f64, base::Error>(f64::from(i32::try_from(row.get::<i64>(column)?)?) / PARTS);
            let area = Area { left: share(1)?, top: share(2)?, width: share(3)?, height: share(4)? };
            Ok((Id::from_uuid(row.get(0)?), area))
        })
        .await
}
