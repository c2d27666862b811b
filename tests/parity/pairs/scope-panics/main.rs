use std::any::Any;
use std::panic::{catch_unwind, AssertUnwindSafe};
use std::thread;
use std::time::Duration;

fn caught(body: impl FnOnce() -> i32) -> String {
    fn message(panic: Box<dyn Any + Send>) -> &'static str {
        panic.downcast_ref::<&str>().copied().unwrap()
    }
    match catch_unwind(AssertUnwindSafe(body)) {
        Ok(value) => format!("returned {value}"),
        Err(panic) => format!("panicked: {}", message(panic)),
    }
}

fn main() {
    let quiet = thread::scope(|s| {
        s.spawn(|| {
            thread::sleep(Duration::from_millis(10));
            println!("the thread ends before its scope");
        });
        1
    });
    println!("returned {quiet}");
    println!(
        "{}",
        caught(|| thread::scope(|s| {
            s.spawn(|| panic!("unseen"));
            2
        }))
    );
    println!(
        "{}",
        caught(|| thread::scope(|s| {
            let thread = s.spawn(|| panic!("seen"));
            if thread.join().is_err() {
                3
            } else {
                4
            }
        }))
    );
    println!(
        "{}",
        caught(|| thread::scope(|s| {
            s.spawn(|| {
                thread::sleep(Duration::from_millis(10));
                println!("it goes on after the body's panic");
            });
            panic!("body")
        }))
    );
    println!(
        "{}",
        caught(|| thread::scope(|s| {
            s.spawn(|| panic!("thread"));
            panic!("body")
        }))
    );
}
