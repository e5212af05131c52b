// Points, boxes and landmarks. Units are pixels of the upright photo (EXIF orientation applied),
// origin at the top left corner of the top left pixel.
import { z } from 'zod';

export const pointSchema = z.tuple([z.number(), z.number()]);
export const boxSchema = z.object({
  x: z.number(),
  y: z.number(),
  width: z.number().positive(),
  height: z.number().positive(),
});
/** Five landmarks: left eye, right eye, nose tip, left mouth corner, right mouth corner; left and right as seen in the picture. */
export const landmarksSchema = z.tuple([pointSchema, pointSchema, pointSchema, pointSchema, pointSchema]);

export type Point = z.infer<typeof pointSchema>;
export type Box = z.infer<typeof boxSchema>;
export type Landmarks = z.infer<typeof landmarksSchema>;
