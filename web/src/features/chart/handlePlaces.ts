/** Puts the handles of lines, which are elements, over their tags, which are drawn. */

import type { TagPlace } from "./tagPlaces";

/** Places are told with each drawing, and written past React; a handle without a place is not there. */
export class HandlePlaces {
  private readonly places = new Map<string, TagPlace>();
  private readonly handles = new Map<string, HTMLElement>();

  put(id: string, place: TagPlace | null): void {
    if (place) this.places.set(id, place);
    else this.places.delete(id);
    this.show(id);
  }

  /** Where the tag of a line stands; undefined while it stands nowhere. */
  at(id: string): TagPlace | undefined {
    return this.places.get(id);
  }

  /** Where tags stand. */
  all(): TagPlace[] {
    return [...this.places.values()];
  }

  /** The handle of a line, or null when it is gone. */
  bind(id: string, handle: HTMLElement | null): void {
    if (handle) this.handles.set(id, handle);
    else this.handles.delete(id);
    this.show(id);
  }

  private show(id: string): void {
    const handle = this.handles.get(id);
    if (!handle) return;
    const place = this.places.get(id);
    // It stays in the order of the keyboard where its line is off the scale.
    handle.dataset.off = place ? "" : "true";
    if (!place) return;
    handle.style.transform = `translate(${place.left}px, ${place.top}px)`;
    handle.style.inlineSize = `${place.width}px`;
    handle.style.blockSize = `${place.height}px`;
  }
}
