// Which licences a person must accept before a model is taken in.

import type { CatalogEntry } from '#shared/domain/model.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import type { ModelIndex } from './model-index.ts';

/** Non-commercial terms restrict what may be done with the pictures; unverified terms may. */
export function asksForAcceptance(entry: CatalogEntry): boolean {
  return entry.licence.isNonCommercial || entry.licence.isUnverified;
}

/** Remembers an acceptance given now; once accepted, a licence is not asked for again. Errors: model.licence-not-accepted. */
export function settleLicence(entry: CatalogEntry, acceptedNow: boolean, index: ModelIndex): void {
  if (!asksForAcceptance(entry) || index.hasAccepted(entry.licence.name)) return;
  if (!acceptedNow) {
    throw new HeirloomError('model.licence-not-accepted', { name: entry.name, licence: entry.licence.name });
  }
  index.rememberAcceptance(entry.licence.name);
}
