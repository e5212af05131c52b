// The two pictures that are compared, with what each is called. Pure types.
import type { ViewerPicture } from './viewer-picture.ts';

export interface Side {
  readonly picture: ViewerPicture;
  readonly label: string;
}

export interface ComparedSides {
  readonly before: Side;
  /** null: there is nothing to compare with yet. */
  readonly after: Side | null;
}
