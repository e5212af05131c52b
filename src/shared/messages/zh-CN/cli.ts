// Words of the command line in Simplified Chinese.
import type { CliMessages } from '../en/cli.ts';

export const cli: CliMessages = {
  usage: `Heirloom 逐张人脸修复老照片。任何内容都不会离开这台电脑。

用法
  heirloom restore 照片或文件夹... [-o 输出] [选项]    不开窗口，直接修复照片
  heirloom colorize 照片或文件夹... [-o 输出] [选项]   为灰度人脸上色
  heirloom inpaint 照片或文件夹... [-o 输出] [选项]    填补人脸上的空洞
  heirloom video 影片 [-o 输出] [选项]                  修复影片、动画或图片文件夹
  heirloom models list|download|import|convert|verify|remove   管理模型
  heirloom --help | --version

修复
  -o, --output 路径          结果文件夹；只有一张照片时也可以是文件名（默认：restored/）
  -r, --recursive            进入子文件夹，并在输出中保留其结构
      --resume               跳过已有结果的照片
      --overwrite            替换已有文件，包括照片本身
  -w, --fidelity 数值        0 更清晰 … 1 更像原照片（默认：0.7）
      --strength 数值        修复后的人脸覆盖原照片的程度，0 … 1（默认：1）
  -s, --scale 数值           结果与原照片的尺寸比（默认：2；大幅扫描件为 1）
      --monochrome 方式      auto、gray、tint 或 colour（默认：auto）
      --model 编号           人脸修复模型（默认：已安装的最好的一个）
      --detector 编号        人脸检测模型（默认：已安装的最好的一个）
      --upscaler 编号        背景放大模型（默认：无，使用 Lanczos）
      --background-strength 数值   放大模型的使用程度，0 … 1（默认：1）
      --format 格式          same、jpeg、png、tiff、webp 或 avif（默认：same）
      --quality 数值         有损格式的质量，1 … 100（默认：95）
      --metadata 方式        keep、strip-private 或 none（默认：keep）
      --no-record            不在文件中写入修复记录
      --suffix 文本          加在每个文件名之后
      --device 设备          auto、cpu、webgpu、cuda、dml 或 coreml（默认：auto）
      --preset PRESET        none，或 ai-faces：只以低保真度修复生成图片中畸形的人脸

人脸与背景
      --face-upsample        贴回之前用放大模型放大修复后的人脸
      --bg-upsampler ID      与 --upscaler 相同；realesrgan 即 realesrgan-x2plus-pth
      --bg-tile PIXELS       放大模型分块的边长（默认：视内存而定）
      --detection-model ID   与 --detector 相同；也可用 retinaface_resnet50、retinaface_mobile0.25、YOLOv5l
      --only-center-face     只修复最靠近中心的人脸
      --only-largest-face    只修复最大的人脸
      --has-aligned          每张图片就是一张对齐的人脸：不检测、不贴回
      --draw-box             在每张修复的人脸周围画框
      --save-faces           另写 cropped_faces/ 与 restored_faces/；照片写入 final_results/
      --demosaic             先抹平马赛克区域；其中的人脸是虚构的
      --demosaic-region X,Y,WIDTH,HEIGHT   对你指定的区域同样处理（可重复）

上色与填补（restore 中指定文件、人脸、格式和设备的选项在此同样可用）
      --strength 数值        上色：颜色的多少，0 … 1（默认：1）
      --network-luma         上色：使用网络自己的明暗，而不是照片的明暗
  -m, --mask 文件            填补：白色处为空洞（默认：照片中的纯白像素）

影片（-w、--strength、--monochrome、--model、--detector、--upscaler、--device 在此同样可用）
  -o, --output 路径          .mp4、.mov、.mkv、.webm、.gif，或存放图片的文件夹（默认：restored/名称.mp4）
      --probe                只说明影片的内容、保留什么、改变什么
      --resume               从已完成的部分之后继续
      --from 时间, --to 时间 只处理此范围，如 12.5 或 1:02.5
      --steadiness 数值      0 每帧独立 … 1 非常稳定（默认：0.8）
      --grain 数值           0 人脸干净 … 1 与胶片颗粒一致（默认：0）
      --people               只列出影片中的人物及出现时间；之后用 --resume 运行会沿用结果
      --person N=W, N=off    为人物 N 设置另一保真度，或保持原样（可重复）
      --track N=W, N=off     同上，但只用于人脸 N，即人物的一次出现（可重复）
  -s, --scale 数值           0.25 … 4（默认：1）
      --codec 编码           h264、h265、av1、prores、gif 或 png（默认：由扩展名决定）
      --quality 质量         draft、good、high 或 best（默认：good）
      --encoder 方式         software 或 hardware（默认：software）
      --deinterlace          将隔行画面变为完整画面
      --hdr 方式             keep 或 tone-map（默认：编码支持时为 keep）
      --fps 数值             图片文件夹的每秒帧数（默认：25）
      --ffmpeg 路径          要使用的 ffmpeg（默认：HEIRLOOM_FFMPEG，然后是 PATH 中的）

通用
      --json                 在标准输出上每个事件一行 JSON
      --language 语言        en 或 zh-CN（默认：系统语言）

退出码：0 全部完成，2 用法错误，3 有失败。
`,
  unknownCommand: '未知命令：{{name}}',
  unknownOption: '无法使用这些选项：{{problem}}',
  badNumber: '{{option}} 必须是 {{low}} 到 {{high}} 之间的数值。',
  badRegion: '{{option}} 必须是四个数字：照片像素坐标 x,y,宽,高。',
  oneMask: '一个蒙版只属于一张照片：请只指定一张。',
  badChoice: '{{option}} 必须是以下之一：{{choices}}。',
  nothingGiven: '请至少给出一张照片或一个文件夹。',
  oneFileForMany: '{{path}} 是一个文件名，但有 {{count}} 张照片。请给出文件夹。',
  seeHelp: 'heirloom --help 列出所有选项。',
  nothingFound: '没有找到图片。',
  tryRecursive: '其中有子文件夹；--recursive 会进入它们。',
  notRestored: '以下照片没有修复：',
  finished: '已修复 {{done}} 张，跳过 {{skipped}} 张，失败 {{failed}} 张，用时 {{seconds}} 秒',
  restored: '{{name}} → {{output}}（{{faces}}，{{seconds}} 秒）',
  holesLeft: '  {{count}} 个白色像素位于所有人脸之外，保持原样。',
  invented: '  {{count}} 处马赛克区域：所见内容为虚构，文件中已注明。',
  faceCount: { none: '没有找到人脸，仅放大并清理画面', one: '1 张人脸', many: '{{count}} 张人脸' },
  noFaceScaleOne: '没有找到人脸',
  skipped: '{{name}}：已经完成',
  failed: '{{name}}：{{sentence}} {{next}}',
  eta: '剩余 {{time}}',
  cancelled: '已停止。完成的照片都已保留；--resume 可从这里继续。',
  fellBack: '设备 {{wanted}} 在这里不可靠，改用处理器。',
  restorerUsed: '人脸：{{name}}',
  liteNote: 'Lite 内置、即时，细节为 256 像素。CodeFormer 更好：heirloom models download {{id}}',
  nodeTooOld: 'Heirloom 需要 Node 24，但它没有随安装一起提供。请运行 npm ci。',
};
