// The only form in which an error crosses a process.
import { z } from 'zod';
import { allErrorCodes } from './codes.ts';

export const errorWireSchema = z.object({
  code: z.enum(allErrorCodes),
  /** Values for the sentence's placeholders: file names, sizes, formats. */
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  /** Technical text for the log and the "details" fold; never the main sentence. */
  detail: z.string().nullable(),
  transient: z.boolean(),
});
export type ErrorWire = z.infer<typeof errorWireSchema>;
