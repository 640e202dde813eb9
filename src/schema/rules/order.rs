//! In which order presence and computed values are worked out: each place behind those that its expressions read. A place that depends on
//! itself is a mistake.

use super::shapes::Shapes;
use super::{Place, PlaceId, Step};
use crate::json::Pointer;
use crate::order::walk;
use crate::schema::compile::Compiler;
use crate::schema::error::SchemaProblem;
use crate::text::decimal;

pub(super) fn order(compiler: &mut Compiler<'_>, shapes: &Shapes<'_>) -> Vec<PlaceId> {
    let count = shapes.places.len();
    let mut needs: Vec<Vec<PlaceId>> = vec![Vec::new(); count];
    for (id, place) in shapes.places.iter().enumerate().filter(|(_, place)| place.is_conditional()) {
        if let Some(needs) = needs.get_mut(id) {
            *needs = dependencies(shapes, id as PlaceId, place);
        }
    }
    let mut order = Vec::new();
    let mut done = |at: PlaceId| {
        if shapes.places.get(at as usize).is_some_and(Place::is_conditional) {
            order.push(at);
        }
    };
    walk(&needs, &mut done, &mut |way, again| tell(compiler, shapes, way, again));
    order
}

/// The conditional places that a place's presence and value depend on: those it reads, and those it stands in.
fn dependencies(shapes: &Shapes<'_>, id: PlaceId, place: &Place) -> Vec<PlaceId> {
    const SELF: usize = 0;
    let is_conditional = |place: PlaceId| shapes.places.get(place as usize).is_some_and(Place::is_conditional);
    let mut needs = Vec::new();
    for at in place.relevant.iter().chain(&place.calculate) {
        if at.expression.names(SELF) {
            needs.push(id);
        }
        for read in at.expression.reads(&shapes.types) {
            needs.push(read.place);
        }
    }
    let mut above = place.parent;
    while above != 0 {
        needs.push(above);
        above = shapes.places.get(above as usize).map_or(0, |place| place.parent);
    }
    needs.retain(|need| is_conditional(*need));
    needs
}

/// Says which places depend on each other, at the first expression of the circle.
fn tell(compiler: &mut Compiler<'_>, shapes: &Shapes<'_>, way: &[(PlaceId, usize)], again: PlaceId) {
    let circle = way.iter().map(|(place, _)| *place).skip_while(|place| *place != again).chain([again]);
    let mut path = String::new();
    for place in circle {
        if !path.is_empty() {
            path.push_str(" → ");
        }
        path.push_str(pointer(shapes, place).as_str());
    }
    let Some(place) = shapes.places.get(again as usize) else { return };
    let Some(at) = place.relevant.first().or(place.calculate.as_ref()) else { return };
    let keyword = if place.relevant.is_empty() { "x-calculate" } else { "x-relevant" };
    let schema = compiler.block_source(at.block);
    compiler.mistake(schema.part(keyword), SchemaProblem::RuleCycle { path });
}

/// The way to a place, `0` for the items of a list.
fn pointer(shapes: &Shapes<'_>, place: PlaceId) -> Pointer {
    let mut steps = Vec::new();
    let mut at = place;
    while at != 0 {
        let Some(place) = shapes.places.get(at as usize) else { break };
        steps.push(match &place.step {
            Step::Member(name) => name.text.clone().into_string(),
            Step::Item(at) | Step::ItemsFrom(at) => decimal(u64::from(*at)),
            Step::Root | Step::Others => "*".to_owned(),
        });
        at = place.parent;
    }
    let mut pointer = Pointer::root();
    steps.iter().rev().for_each(|step| pointer.push(step));
    pointer
}
