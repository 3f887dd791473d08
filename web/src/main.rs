//! Starts the page.

fn main() {
    quorumscope_web::page::app::start();
}
