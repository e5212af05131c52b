// The models that ship inside the application and are made at build time: where they come from and what they return.
import type { OnnxGraphWriter } from '../../src/engine/checkpoints/onnx-graph-writer.ts';
import { drawFaceRecognition } from './face-recognition-graph.ts';
import { readTfjsModel } from './tfjs-model.ts';
import { type ConvertedGraph, convertTfjsGraph } from './tfjs-to-onnx.ts';

export interface BundledModel {
  readonly fileName: string;
  /** Inside node_modules. */
  readonly source: string;
  /** Of the ONNX file. A difference means the source or the converter changed: look at both before changing it here. */
  readonly sha256: string;
  readonly documentation: string;
  /** Reads the source at this path and draws the whole graph, outputs included. */
  draw(sourcePath: string): Promise<OnnxGraphWriter>;
}

/** A model whose source holds its graph: converted as it stands, then `publish` names the outputs. */
function fromTfjsGraph(name: string, publish: (converted: ConvertedGraph) => void): BundledModel['draw'] {
  return async (sourcePath) => {
    const converted = convertTfjsGraph(await readTfjsModel(sourcePath), name);
    publish(converted);
    return converted.graph;
  };
}

export const bundledModels: readonly BundledModel[] = [
  {
    fileName: 'blazeface.onnx',
    source: '@vladmandic/human/models/blazeface.json',
    sha256: '99c65c57a5809fa8e483708ae51530e0355e32d7a19a89d03df83d68943d3374',
    documentation: [
      'BlazeFace, back camera (MediaPipe), face detector. Weights: @vladmandic/human, MIT.',
      'image: [1, 3, 256, 256], RGB, -1..1.',
      'scores: [1, 896, 1], logits. boxes: [1, 896, 16]: centre x, y, width, height, then x, y of right eye, left eye,',
      "nose tip, mouth centre, right ear, left ear (the person's own right and left); in pixels of the input,",
      'positions relative to the anchor centre. Anchors: 16x16 cells of 16 px with 2 each, then 8x8 of 32 px with 6 each.',
    ].join('\n'),
    draw: fromTfjsGraph('blazeface', ({ graph, tensorOf }) => {
      const join = (fine: string, coarse: string) =>
        graph.node('Concat', [tensorOf(fine).value, tensorOf(coarse).value], { axis: { int: 1 } });
      graph.output(join('Identity', 'Identity_1'), 'scores', 'float32', [1, 896, 1]);
      graph.output(join('Identity_2', 'Identity_3'), 'boxes', 'float32', [1, 896, 16]);
    }),
  },
  {
    fileName: 'facemesh.onnx',
    source: '@vladmandic/human/models/facemesh.json',
    sha256: 'fe9b5f8e23890ff0899588e75898bcdb30ba2d1591cebf8d88b58c6e9c25ac99',
    documentation: [
      'Face mesh (MediaPipe), 468 points of one face. Weights: @vladmandic/human, MIT.',
      'image: [1, 3, 192, 192], RGB, 0..1: an upright face, its box enlarged by half.',
      'mesh: [1, 1404]: x, y, z of 468 points in pixels of the input. face_flag: [1, 1], 0..1: is there a face at all.',
    ].join('\n'),
    draw: fromTfjsGraph('facemesh', ({ graph, tensorOf }) => {
      graph.output(tensorOf('Identity_2').value, 'mesh', 'float32', [1, 1404]);
      graph.output(tensorOf('Identity_1').value, 'face_flag', 'float32', [1, 1]);
    }),
  },
  {
    fileName: 'face-recognition.onnx',
    source: '@vladmandic/face-api/model/face_recognition_model-weights_manifest.json',
    sha256: '9d7c97ddc37dd31823972d2d85844a821f0405ba20fdc73a8d0eb33d076f44d0',
    documentation: [
      'dlib ResNet face recognition (dlib_face_recognition_resnet_model_v1), Davis King: public domain.',
      'Weights as @vladmandic/face-api (MIT) carries them, 8 bits each.',
      'image: [1, 3, 150, 150], RGB, 0..255: an upright face; the mean colour is taken off inside.',
      'descriptor: [1, 128]. Less than 0.6 apart (Euclidean): usually the same person.',
    ].join('\n'),
    draw: drawFaceRecognition,
  },
];
