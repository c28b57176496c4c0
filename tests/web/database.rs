//! The browser's database, as the browser really has it.

use super::{AWKWARD, moment, until};
use ask_around::browser::indexed_db::Database;
use js_sys::{Array, Object, Reflect};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

const NAME: &str = "ask-around";

fn factory() -> web_sys::IdbFactory {
    web_sys::window().unwrap().indexed_db().unwrap().unwrap()
}

/// Waits for the answer to a request.
async fn answer(request: &web_sys::IdbRequest) -> JsValue {
    let promise = js_sys::Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    wasm_bindgen_futures::JsFuture::from(promise).await.unwrap();
    request.result().unwrap()
}

/// Removes the whole database. Whoever has it open must let go of it, or this waits in vain.
async fn delete() {
    let request = factory().delete_database(NAME).unwrap();
    let answered = Rc::new(RefCell::new(false));
    let seen = Rc::clone(&answered);
    wasm_bindgen_futures::spawn_local(async move {
        answer(&request).await;
        *seen.borrow_mut() = true;
    });
    until(|| *answered.borrow()).await;
}

async fn fresh() -> Database {
    delete().await;
    Database::open().await.unwrap()
}

/// The same database without the app's own code.
async fn raw(name: &str) -> web_sys::IdbDatabase {
    answer(&factory().open(name).unwrap()).await.unchecked_into()
}

fn some(key: &str, text: &str) -> (String, Option<String>) {
    (key.to_owned(), Some(text.to_owned()))
}

fn none(key: &str) -> (String, Option<String>) {
    (key.to_owned(), None)
}

/// Puts, and waits until it is told how that went.
async fn put(database: &Database, clear: bool, changes: &[(String, Option<String>)]) -> bool {
    let told = Rc::new(RefCell::new(Vec::new()));
    let tell = Rc::clone(&told);
    database.put(clear, changes, move |done| tell.borrow_mut().push(done));
    assert!(told.borrow().is_empty(), "told before the call was over");
    until(|| !told.borrow().is_empty()).await;
    moment().await;
    assert_eq!(told.borrow().len(), 1, "told more than once");
    told.borrow()[0]
}

/// Everything in `texts`, as text to compare.
async fn texts(database: &Database) -> Vec<(String, String)> {
    database.texts().await.unwrap()
}

fn pairs(of: &[(&str, &str)]) -> Vec<(String, String)> {
    of.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect()
}

#[wasm_bindgen_test]
async fn texts_come_back_to_the_letter() {
    let database = fresh().await;
    assert_eq!(texts(&database).await, []);
    let long = "ä𝄞\0\u{feff}\r\n".repeat(100_000);
    let all = [
        ("", "an empty key"),
        ("a", ""),
        ("b", AWKWARD),
        ("c", long.as_str()),
        ("d", "\u{ffff}\u{10ffff}\u{301}e"),
        (AWKWARD, "null"),
    ];
    let mut changes: Vec<_> = all.iter().map(|(key, text)| some(key, text)).collect();
    assert!(put(&database, false, &changes).await);
    let mut expected = pairs(&all);
    expected.sort();
    assert_eq!(texts(&database).await, expected);
    // Another tab, or the next start, sees the same.
    let again = Database::open().await.unwrap();
    assert_eq!(texts(&again).await, expected);

    changes.clear();
    assert!(put(&database, false, &changes).await, "nothing to do is done too");
    assert_eq!(texts(&again).await, expected);
}

#[wasm_bindgen_test]
async fn clearing_and_putting_is_one_step() {
    let database = fresh().await;
    assert!(put(&database, false, &[some("old", "1"), some("both", "1")]).await);
    assert!(put(&database, true, &[some("both", "2"), some("new", "2"), none("old")]).await);
    assert_eq!(texts(&database).await, pairs(&[("both", "2"), ("new", "2")]));
    assert!(put(&database, false, &[none("both"), none("never was")]).await);
    assert_eq!(texts(&database).await, pairs(&[("new", "2")]));
    assert!(put(&database, true, &[]).await);
    assert_eq!(texts(&database).await, []);
}

#[wasm_bindgen_test]
async fn later_changes_come_after_earlier_ones() {
    let database = fresh().await;
    let told = Rc::new(RefCell::new(Vec::new()));
    for round in 0..50 {
        let told = Rc::clone(&told);
        let text = "x".repeat(if round % 2 == 0 { 200_000 } else { 1 }) + &round.to_string();
        let changes = [some("key", &text), some(&format!("{round:02}"), ""), none("00")];
        database.put(round == 40, &changes, move |done| told.borrow_mut().push((round, done)));
    }
    // Asked after all of them, so answered after all of them.
    let found = texts(&database).await;
    assert_eq!(found.len(), 11);
    assert_eq!(found.last(), Some(&("key".to_owned(), "x49".to_owned())));
    until(|| told.borrow().len() == 50).await;
    assert_eq!(*told.borrow(), (0..50).map(|round| (round, true)).collect::<Vec<_>>());
}

#[wasm_bindgen_test]
async fn what_is_put_is_under_way_when_the_call_returns() {
    let database = fresh().await;
    database.put(false, &[some("last", "words")], |_| {});
    // In this very turn, so nothing of ours has run since.
    let other = factory().open(NAME).unwrap();
    let other: web_sys::IdbDatabase = answer(&other).await.unchecked_into();
    let store = other.transaction_with_str("texts").unwrap().object_store("texts").unwrap();
    let found = answer(&store.get(&"last".into()).unwrap()).await;
    assert_eq!(found.as_string().as_deref(), Some("words"));
    other.close();
}

#[wasm_bindgen_test]
async fn snapshots_come_and_go_together() {
    let database = fresh().await;
    assert_eq!(database.abouts().await.unwrap(), []);
    assert_eq!(database.snapshot("1").await.unwrap(), None);
    let big = AWKWARD.repeat(50_000);
    database.add_snapshot("1", "{\"n\":1}", &big, &[]).await.unwrap();
    database.add_snapshot("2", "{\"n\":2}", "two", &["never was".to_owned()]).await.unwrap();
    assert_eq!(database.abouts().await.unwrap(), pairs(&[("1", "{\"n\":1}"), ("2", "{\"n\":2}")]));
    assert!(database.snapshot("1").await.unwrap().as_deref() == Some(big.as_str()));

    let remove = ["1".to_owned(), "2".to_owned(), "3".to_owned()];
    database.add_snapshot("3", AWKWARD, "three", &remove).await.unwrap();
    assert_eq!(database.abouts().await.unwrap(), pairs(&[("3", AWKWARD)]));
    assert_eq!(database.snapshot("1").await.unwrap(), None);
    assert_eq!(database.snapshot("3").await.unwrap().as_deref(), Some("three"));

    database.remove_snapshots(&remove).await.unwrap();
    assert_eq!(database.abouts().await.unwrap(), []);
    assert_eq!(database.snapshot("3").await.unwrap(), None);
    assert_eq!(texts(&database).await, [], "texts are another matter");
}

#[wasm_bindgen_test]
async fn a_handle_is_kept_as_the_object_it_is() {
    let database = fresh().await;
    assert_eq!(database.handle().await.unwrap(), None);
    let handle = Object::new();
    Reflect::set(&handle, &"inside".into(), &Array::of1(&AWKWARD.into())).unwrap();
    database.set_handle(Some(&handle)).await.unwrap();
    let kept = database.handle().await.unwrap().unwrap();
    let inside: Array = Reflect::get(&kept, &"inside".into()).unwrap().unchecked_into();
    assert_eq!(inside.get(0).as_string().as_deref(), Some(AWKWARD));

    // What the browser can't keep leaves the one before.
    let function = js_sys::Function::new_no_args("");
    let error = database.set_handle(Some(&function)).await.unwrap_err();
    assert!(error.to_string().contains("could not be cloned"), "{error}");
    assert!(database.handle().await.unwrap().is_some());

    database.set_handle(None).await.unwrap();
    assert_eq!(database.handle().await.unwrap(), None);
    database.set_handle(None).await.unwrap();
}

#[wasm_bindgen_test]
async fn what_is_not_text_is_not_read() {
    let database = fresh().await;
    let other = raw(NAME).await;
    let mode = web_sys::IdbTransactionMode::Readwrite;
    let transaction = other.transaction_with_str_and_mode("texts", mode).unwrap();
    let store = transaction.object_store("texts").unwrap();
    store.put_with_key(&JsValue::from_f64(1.0), &"number".into()).unwrap();
    store.put_with_key(&JsValue::NULL, &"nothing".into()).unwrap();
    store.put_with_key(&"text".into(), &JsValue::from_f64(1.0)).unwrap();
    answer(&store.put_with_key(&"text".into(), &"key".into()).unwrap()).await;
    other.close();
    assert_eq!(texts(&database).await, pairs(&[("key", "text")]));
}

#[wasm_bindgen_test]
async fn other_databases_are_left_alone() {
    let theirs = "another-app";
    let request = factory().open(theirs).unwrap();
    let making = request.clone();
    let upgrade = Closure::<dyn Fn()>::new(move || {
        let made: web_sys::IdbDatabase = making.result().unwrap().unchecked_into();
        made.create_object_store("texts").unwrap();
    });
    request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
    let other: web_sys::IdbDatabase = answer(&request).await.unchecked_into();
    let mode = web_sys::IdbTransactionMode::Readwrite;
    let transaction = other.transaction_with_str_and_mode("texts", mode).unwrap();
    let store = transaction.object_store("texts").unwrap();
    answer(&store.put_with_key(&"theirs".into(), &"key".into()).unwrap()).await;

    let database = fresh().await;
    assert!(put(&database, true, &[some("key", "ours")]).await);
    assert!(put(&database, true, &[]).await);

    let store = other.transaction_with_str("texts").unwrap().object_store("texts").unwrap();
    let found = answer(&store.get(&"key".into()).unwrap()).await;
    assert_eq!(found.as_string().as_deref(), Some("theirs"));
    other.close();
    answer(&factory().delete_database(theirs).unwrap()).await;
}

#[wasm_bindgen_test]
async fn a_database_that_was_closed_answers_with_errors() {
    let database = fresh().await;
    let twin = database.clone();
    assert!(put(&database, false, &[some("key", "text")]).await);
    // Somebody deletes it: it lets go at once, for otherwise this would wait for ever.
    delete().await;
    for database in [&database, &twin] {
        assert!(!put(database, true, &[some("key", "text")]).await);
        assert!(database.texts().await.is_err());
        assert!(database.abouts().await.is_err());
        assert!(database.snapshot("1").await.is_err());
        assert!(database.add_snapshot("1", "", "", &[]).await.is_err());
        assert!(database.remove_snapshots(&["1".to_owned()]).await.is_err());
        assert!(database.handle().await.is_err());
        let error = database.set_handle(None).await.unwrap_err();
        assert!(error.to_string().contains("clos"), "{error}");
    }
    let again = Database::open().await.unwrap();
    assert_eq!(texts(&again).await, [], "and it was deleted");
}

#[wasm_bindgen_test]
async fn what_was_under_way_is_done_before_it_closes() {
    let database = fresh().await;
    let told = Rc::new(RefCell::new(Vec::new()));
    let tell = Rc::clone(&told);
    database.put(false, &[some("key", "text")], move |done| tell.borrow_mut().push(done));
    delete().await;
    until(|| *told.borrow() == [true]).await;
}

#[wasm_bindgen_test]
async fn it_can_be_open_more_than_once() {
    let one = fresh().await;
    let two = Database::open().await.unwrap();
    assert!(put(&one, false, &[some("key", "one")]).await);
    assert!(put(&two, false, &[some("key", "two"), some("more", "two")]).await);
    assert_eq!(texts(&one).await, pairs(&[("key", "two"), ("more", "two")]));
    assert_eq!(texts(&two).await, texts(&one).await);
}

#[wasm_bindgen_test]
async fn a_newer_one_is_left_as_it_is() {
    delete().await;
    let newer: web_sys::IdbDatabase =
        answer(&factory().open_with_u32(NAME, 9).unwrap()).await.unchecked_into();
    assert!(Database::open().await.is_none());
    assert_eq!(newer.version(), 9.0);
    newer.close();
    delete().await;
}

#[wasm_bindgen_test]
async fn one_that_does_not_answer_is_done_without_and_is_whole_later() {
    delete().await;
    let holder = raw(NAME).await;
    // Without a word to its holder, a deletion waits, and an opening waits behind it.
    let deletion = factory().delete_database(NAME).unwrap();
    let before = ask_around::browser::clock::now();
    assert!(Database::open().await.is_none());
    let waited = (ask_around::browser::clock::now() - before).num_milliseconds();
    assert!((1_400..2_500).contains(&waited), "gave up after {waited} ms");

    holder.close();
    answer(&deletion).await;
    // The opening that was given up makes the database after all: with all its stores.
    let database = Database::open().await.unwrap();
    assert!(put(&database, false, &[some("key", "text")]).await);
    assert_eq!(texts(&database).await, pairs(&[("key", "text")]));
    assert_eq!(database.handle().await.unwrap(), None);
}
