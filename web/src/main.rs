//! Starts the page.

fn main() {
    quorumscope_web::page::boot::start();
}
