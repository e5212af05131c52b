// YOLOv5-face (deepcam's face detector on YOLOv5), the layouts "l" and "n" of CodeFormer's repository. Engine process.
// Sides must be multiples of 32. Which layers read which others is in no checkpoint, so both layouts stand here.
import type { Architecture } from '../architecture.ts';
import type { TensorTable } from '../checkpoint.ts';
import { repeatPixels } from '../layers/resizing.ts';
import type { NetworkWriter } from '../network-writer.ts';
import type { OnnxValue } from '../onnx-graph-writer.ts';
import { concat, conv, crossStage, pyramidPooling, shuffle, shuffles, stem } from './yolov5-face-blocks.ts';
import { detect } from './yolov5-face-detect.ts';

/** A number: joined with the answer of that layer. */
type Layer =
  | 'stem'
  | 'conv'
  | 'halving-conv'
  | 'residual-stage'
  | 'stage'
  | 'pooling'
  | 'shuffle'
  | 'shuffles'
  | 'doubling'
  | { readonly joinedWith: number };

interface Layout {
  readonly layers: readonly Layer[];
  /** Layers whose answers, at strides 8, 16 and 32, faces are read from. */
  readonly levels: readonly number[];
}

const joined = (joinedWith: number) => ({ joinedWith });

// biome-ignore format: one line per stage reads as the architecture does
const large: Layout = {
  layers: [
    'stem', 'residual-stage', 'halving-conv', 'residual-stage', 'halving-conv', 'residual-stage',
    'halving-conv', 'pooling', 'stage',
    'conv', 'doubling', joined(5), 'stage',
    'conv', 'doubling', joined(3), 'stage',
    'halving-conv', joined(13), 'stage',
    'halving-conv', joined(9), 'stage',
  ],
  levels: [16, 19, 22],
};

// biome-ignore format: one line per stage reads as the architecture does
const nano: Layout = {
  layers: [
    'stem', 'shuffle', 'shuffles', 'shuffle', 'shuffles', 'shuffle', 'shuffles',
    'conv', 'doubling', joined(4), 'stage',
    'conv', 'doubling', joined(2), 'stage',
    'halving-conv', joined(11), 'stage',
    'halving-conv', joined(7), 'stage',
  ],
  levels: [14, 17, 20],
};

export const yolov5FaceLarge = architecture('yolov5l-face', large, 'model.7.cv2.conv.weight');
export const yolov5FaceNano = architecture('yolov5n-face', nano, 'model.1.branch2.5.weight');

/** `telling`: a tensor that only this layout has. */
function architecture(id: string, layout: Layout, telling: string): Architecture {
  const head = `model.${layout.layers.length}`;
  return {
    id,
    recognises: (tensors: TensorTable) =>
      tensors.has('model.0.stem_2b.conv.weight') &&
      tensors.has(telling) &&
      tensors.get(`${head}.m.2.weight`)?.dims[0] === 48 &&
      tensors.has(`${head}.anchor_grid`),

    async convert(_checkpoint, folder) {
      await folder.write(id, async (network) => {
        const photo = network.input('photo', [1, 3, 'height', 'width']);
        const levels = await runLayers(network, photo, layout);
        // Not through the writer's own output: the answer is single precision already.
        network.graph.output(await detect(network, levels, head), 'faces', 'float32', [1, 'anchors', 16]);
      });
      return {
        purpose: 'face-detection',
        contract: {
          interface: 'detector-yoloface',
          imageInput: 'photo',
          output: 'faces',
          colour: 'rgb',
          range: 'zero-to-one',
        },
        artefacts: [id],
      };
    },
  };
}

async function runLayers(network: NetworkWriter, photo: OnnxValue, layout: Layout): Promise<OnnxValue[]> {
  const answers: OnnxValue[] = [];
  let value = photo;
  for (const [index, layer] of layout.layers.entries()) {
    value =
      typeof layer === 'object'
        ? concat(network, [value, answers[layer.joinedWith] as OnnxValue])
        : await runLayer(network, value, `model.${index}`, layer);
    answers.push(value);
  }
  return layout.levels.map((level) => answers[level] as OnnxValue);
}

function runLayer(
  network: NetworkWriter,
  input: OnnxValue,
  name: string,
  layer: Exclude<Layer, object>,
): Promise<OnnxValue> {
  switch (layer) {
    case 'stem':
      return stem(network, input, name);
    case 'conv':
      return conv(network, input, name);
    case 'halving-conv':
      return conv(network, input, name, 2);
    case 'residual-stage':
      return crossStage(network, input, name, true);
    case 'stage':
      return crossStage(network, input, name, false);
    case 'pooling':
      return pyramidPooling(network, input, name);
    case 'shuffle':
      return shuffle(network, input, name);
    case 'shuffles':
      return shuffles(network, input, name);
    case 'doubling':
      return Promise.resolve(repeatPixels(network, input, 2));
  }
}
