//! One visible region each: a room knows the view and the actions, and no other room.

pub mod breaking;
pub mod caption;
pub mod deck;
mod dialog;
pub mod files;
pub mod head;
pub mod help;
pub mod inspect;
pub mod ledger;
pub mod log;
pub mod menu;
pub mod notice;
pub mod phases;
pub mod presets;
pub mod puppet;
pub mod ring;
pub mod setup;
pub mod share;
pub mod side;
pub mod tabs;
pub mod transport;
pub mod widgets;

use crate::page::actions::Action;
use crate::page::view::View;
use std::rc::Rc;
use yew::prelude::*;

/// What every room is handed.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct Room {
    /// What there is to see.
    pub view: Rc<View>,
    /// What can be done.
    pub act: Callback<Action>,
}

impl Room {
    /// A callback that does this whenever it is called.
    pub(crate) fn on<E: 'static>(&self, action: impl Into<Action>) -> Callback<E> {
        let (act, action) = (self.act.clone(), action.into());
        Callback::from(move |_| act.emit(action.clone()))
    }
}
