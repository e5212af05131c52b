// Words of `heirloom models` in Simplified Chinese. {{name}} marks a value.
import type { ModelsMessages } from '../en/models.ts';

export const models: ModelsMessages = {
  usage: `用法
  heirloom models list                         列出所有模型、其状态与许可证
  heirloom models download 编号 [--accept-licence]  下载模型；中断的下载会继续
  heirloom models import 文件 [--accept-licence]    导入已有的文件，文件名不限
  heirloom models convert 文件.pth [-o 文件夹]      将任何已知网络的 PyTorch 检查点转换为 ONNX
  heirloom models verify                       将每个文件与公布的 SHA-256 比对
  heirloom models remove 编号                  删除模型

      --precision fp32|fp16                    转换的精度（默认：fp32）
      --blend 另一个.pth --share 数值          混合同一网络的两个检查点；数值 0 … 1 为第一个所占的比例
      --overwrite                              替换文件夹中以前的转换
      --json                                   在标准输出上每个事件一行 JSON

检查点在本机转换，不需要 Python，其中的内容不会被执行。已知网络：CodeFormer（修复、上色、填补）、
GFPGAN（clean）、RestoreFormer、RetinaFace（ResNet-50、MobileNet-0.25）、YOLOv5-face（l、n）、ParseNet、BiSeNet、RRDBNet（Real-ESRGAN、
Real-ESRNet）、SRVGGNetCompact（Real-ESRGAN general、animevideo）。

模型存放在 {{folder}}。可用 HEIRLOOM_MODELS_DIR 指定其他文件夹。
退出码：0 全部完成，2 用法错误，3 有失败。
`,
  unknownAction: '未知操作：{{name}}',
  unknownOption: '无法使用这些选项：{{problem}}',
  oneNeeded: {
    id: '请给出一个模型。heirloom models list 会列出它们。',
    file: '请给出一个文件。',
    none: '这个操作不需要名称。',
  },
  purposes: {
    'face-restoration': '人脸修复',
    'face-detection': '人脸检测',
    'face-landmarks': '人脸关键点',
    'face-parsing': '人脸分割',
    'face-recognition': '人脸识别',
    upscaling: '放大',
    colourisation: '上色',
    inpainting: '填补',
  },
  states: {
    'not-installed': '未安装',
    queued: '等待中',
    downloading: '下载中',
    verifying: '校验中',
    converting: '转换中',
    installed: '已安装',
    'awaiting-conversion': '已在本机，尚未转换',
    damaged: '已损坏',
  },
  isPartOfHeirloom: 'Heirloom 自带',
  partlyHere: '已有 {{percent}} %',
  onlyListed: '暂不可用',
  nonCommercial: '非商业用途',
  unverifiedLicence: '许可证未核实',
  sizeUnknown: '大小未知',
  liteNote: 'Lite：即时，细节为 256 像素。CodeFormer 更好：heirloom models download {{id}}',
  licence: {
    nonCommercial: '{{name}} 不得用于商业用途：{{licence}}。',
    unverified: '{{name}} 的条款无法核实：{{licence}}。',
    readIt: '请在此阅读：{{url}}',
    question: '您接受这份许可证吗？',
    hint: '阅读之后，请加上 --accept-licence。',
  },
  started: '正在下载 {{name}}，{{size}}',
  progress: '{{bar}} {{percent}} %  {{received}} / {{total}}  {{rate}}/秒  剩余 {{eta}}',
  progressOfUnknown: '{{received}}  {{rate}}/秒',
  converting: '正在转换 {{name}}，{{size}}',
  convertingProgress: '{{bar}} {{percent}} %  正在转换 {{name}}',
  converted: '{{fileName}} 是 {{architecture}}，已转换到 {{folder}}，{{size}}。',
  convertedBefore: '{{fileName}} 是 {{architecture}}，此前已经转换：{{folder}}，{{size}}。',
  alreadyThere: '{{name}} 已经安装。',
  downloaded: '{{name}} 已安装。',
  imported: '{{fileName}} 是 {{name}}，现已安装。',
  awaitsConversion: '{{name}} 已在本机且完好，但尚未转换。',
  verified: '{{name}}：完好',
  wrong: '{{name}}：有误。{{sentence}}{{next}}',
  nothingToVerify: '本机没有模型文件。',
  removed: '{{name}} 已删除。',
  stopped: '已停止。再次运行同一命令即可继续。',
};
