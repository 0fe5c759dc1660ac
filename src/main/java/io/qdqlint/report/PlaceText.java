package io.qdqlint.report;

import io.qdqlint.finding.Place;

/** The role of a place in its finding, in a few words. */
public final class PlaceText {
    private static final int LONGEST = 200;

    private PlaceText() {}

    /** The place's note, with its scale where the note does not say it already; possibly empty. */
    public static String of(Place place) {
        String note = place.note();
        if (place.scale() != null && !note.contains(place.scale())) {
            String scale = place.scale().contains("scale") ? place.scale() : "scale " + place.scale();
            note = note.isEmpty() ? scale : note + " (" + scale + ")";
        }
        return Printable.line(note, LONGEST);
    }
}
