//! Systems that are fetched when they are asked for: each is a part of the program of its own.
//!
//! Of the first system the nodes are always here, and its prepared runs are such a part.

use quorumscope_core::problem::Problem;
use quorumscope_core::systems;

/// Declares a part of the program that brings a system: with `split` it is fetched, else it is here.
macro_rules! part {
    ($name:ident) => {
        #[cfg(feature = "split")]
        #[wasm_split_helpers::wasm_split($name, fallible)]
        fn $name() -> Result<(), wasm_split_helpers::SplitLoaderError> {
            systems::add(systems::$name::SYSTEM);
            Ok(())
        }
        #[cfg(not(feature = "split"))]
        async fn $name() -> Result<(), ()> {
            systems::add(systems::$name::SYSTEM);
            Ok(())
        }
    };
}

part!(pbft);
part!(service);

/// Fetches a system that is listed; false if it does not come.
pub(super) async fn fetch(name: &str) -> bool {
    match name {
        "pbft" => pbft().await.is_ok(),
        "service" => service().await.is_ok(),
        _ => false,
    }
}

/// Reads something that may name a system that is not here, and fetches it then.
///
/// # Errors
/// What `read` refuses with all that could be fetched.
pub(crate) async fn reading<T>(read: impl Fn() -> Result<T, Problem>) -> Result<T, Problem> {
    loop {
        let problem = match read() {
            Ok(read) => return Ok(read),
            Err(problem) => problem,
        };
        let waits = problem
            .absent
            .filter(|name| systems::absent().contains(name));
        let came = match waits {
            Some(name) => fetch(name).await,
            None => false,
        };
        if !came {
            return Err(problem);
        }
    }
}
