// What was done to a photo, as XMP: which models, how strongly, on what original. Namespace https://heirloom.photo/ns/1.0/.
import type { RestorationRecord } from '#shared/contract/restoration-record.ts';
import { element, type XmlElement } from './xml-tree.ts';
import { ns } from './xmp-namespaces.ts';

/** IPTC NewsCodes, "digital source type": how much of the picture a trained model made. */
const sourceTypes = 'http://cv.iptc.org/newscodes/digitalsourcetype/';

/** An rdf:Description to stand beside the packet's others. `rdfName` is the name of its rdf:RDF; `about` is raw. */
export function recordDescription(record: RestorationRecord, rdfName: string, about: string): XmlElement {
  const prefix = rdfName.split(':', 1)[0] ?? 'rdf';
  const rdf = (local: string) => `${prefix}:${local}`;
  const resource = (name: string, fields: Readonly<Record<string, string>>): XmlElement =>
    element(
      name,
      { [rdf('parseType')]: 'Resource' },
      Object.entries(fields).map(([field, value]) => element(`heirloom:${field}`, {}, [value])),
    );
  const faces = record.faces.map((face) =>
    resource(rdf('li'), {
      ModelId: face.modelId,
      ModelSha256: face.modelSha256,
      Fidelity: String(face.fidelity),
      Strength: String(face.strength),
      ...(face.isInvented === true ? { Invented: 'true' } : {}),
      ...modelFields('Filled', face.filledBy),
      ...modelFields('Coloured', face.colouredBy),
    }),
  );
  const { upscaler } = record;
  const sourceType = sourceTypeOf(record);
  const description = element(
    rdf('Description'),
    { 'xmlns:heirloom': ns.heirloom, 'xmlns:Iptc4xmpExt': ns.iptcExtension },
    [
      element('heirloom:OriginalSha256', {}, [record.originalSha256]),
      element('heirloom:Software', {}, [record.software]),
      element('heirloom:RestoredAt', {}, [record.restoredAt]),
      element('heirloom:Scale', {}, [String(record.scale)]),
      ...(faces.length === 0 ? [] : [element('heirloom:Faces', {}, [element(rdf('Seq'), {}, faces)])]),
      ...(upscaler === null
        ? []
        : [resource('heirloom:Upscaler', { ModelId: upscaler.modelId, ModelSha256: upscaler.modelSha256 })]),
      ...(sourceType === null ? [] : [element('Iptc4xmpExt:DigitalSourceType', {}, [sourceType])]),
    ],
  );
  description.attributes.set(rdf('about'), about);
  return description;
}

/** `FilledModelId` and the like: who did it, by name and by digest. */
function modelFields(
  what: string,
  model: RestorationRecord['faces'][number]['filledBy'],
): Record<string, string> {
  return model === undefined
    ? {}
    : { [`${what}ModelId`]: model.modelId, [`${what}ModelSha256`]: model.modelSha256 };
}

/** Only pixels from a network make a composite with trained media; plain resampling is an enhancement by algorithm. */
function sourceTypeOf(record: RestorationRecord): string | null {
  if (record.faces.length > 0 || record.upscaler !== null) {
    return `${sourceTypes}compositeWithTrainedAlgorithmicMedia`;
  }
  return record.scale === 1 ? null : `${sourceTypes}algorithmicallyEnhanced`;
}
