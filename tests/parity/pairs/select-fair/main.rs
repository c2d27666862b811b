async fn ready(value: &'static str) -> &'static str {
    value
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut seen = String::new();
    for _ in 0..2 {
        seen += tokio::select! {
            a = ready("a") => a,
            b = ready("b") => b,
            c = ready("c") => c,
        };
    }
    println!("{seen}");
}
