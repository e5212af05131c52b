// Words of `heirloom models` in Simplified Chinese. {{name}} marks a value.
import type { ModelsMessages } from '../en/models.ts';

export const models: ModelsMessages = {
  usage: `用法
  heirloom models list                         列出所有模型、其状态与许可证
  heirloom models download 编号 [--accept-licence]  下载模型；中断的下载会继续
  heirloom models import 文件 [--accept-licence]    导入已有的文件，文件名不限
  heirloom models verify                       将每个文件与公布的 SHA-256 比对
  heirloom models remove 编号                  删除模型

      --json                                   在标准输出上每个事件一行 JSON

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
  alreadyThere: '{{name}} 已经安装。',
  downloaded: '{{name}} 已安装。',
  imported: '{{fileName}} 是 {{name}}，现已安装。',
  awaitsConversion: '{{name}} 已在本机且完好。转换功能推出后即可使用。',
  verified: '{{name}}：完好',
  wrong: '{{name}}：有误。{{sentence}}{{next}}',
  nothingToVerify: '本机没有模型文件。',
  removed: '{{name}} 已删除。',
  stopped: '已停止。再次运行同一命令即可继续。',
};
