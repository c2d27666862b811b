use std::sync::Mutex;
use tokio::task::yield_now;

async fn step(name: &'static str, log: &Mutex<Vec<String>>, times: usize) -> &'static str {
    for i in 0..times {
        log.lock().unwrap().push(format!("{name}{i}"));
        yield_now().await;
    }
    log.lock().unwrap().push(format!("{name}!"));
    name
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let two = Mutex::new(Vec::new());
    let (a, b) = tokio::join!(step("a", &two, 3), step("b", &two, 3));
    println!("{} {a}{b}", two.lock().unwrap().join(" "));
    let three = Mutex::new(Vec::new());
    let (a, b, c) = tokio::join!(step("a", &three, 2), step("b", &three, 4), step("c", &three, 3));
    println!("{} {a}{b}{c}", three.lock().unwrap().join(" "));
}
