//! Starts the page.

fn main() {
    quorumscope_web::app::start();
}
