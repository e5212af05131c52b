// Every error in plain Simplified Chinese: what happened, and what to do next. {{name}} marks a value.
import type { ErrorCode } from '../../errors/codes.ts';

export const errors: Record<ErrorCode, { sentence: string; next: string }> = {
  'command.unknown': {
    sentence: '没有这个操作：{{name}}。',
    next: '请更新 Heirloom，然后重试。',
  },
  'command.invalid-input': {
    sentence: '无法理解这个操作：{{problem}}',
    next: '请检查所给的值，然后重试。',
  },
  'command.not-available-here': {
    sentence: '这个操作需要桌面窗口。',
    next: '请启动桌面应用程序。',
  },
  'host.unreachable': {
    sentence: 'Heirloom 已停止，或者此页面属于它的上一次启动。',
    next: '请重新启动 Heirloom，并打开它显示的地址。原件和编辑都安全无损。',
  },
  'file.not-found': {
    sentence: '文件 {{fileName}} 不在那里。',
    next: '请检查它是否被移动或改名。',
  },
  'file.unreadable': {
    sentence: '无法读取文件 {{fileName}}。',
    next: '请检查它的访问权限，然后重试。',
  },
  'file.empty': {
    sentence: '文件 {{fileName}} 是空的。',
    next: '请从原处重新复制一份。',
  },
  'file.not-a-picture': {
    sentence: '{{fileName}} 不是图片。',
    next: '请选择 JPEG、PNG、TIFF、WebP、AVIF、GIF 或 BMP 文件。',
  },
  'file.damaged': {
    sentence: '{{fileName}} 已损坏或不完整。',
    next: '请从原处重新复制一份。该文件没有被改动。',
  },
  'file.format-unsupported': {
    sentence: '{{fileName}} 是 {{format}} 文件，无法在这里打开。',
    next: '请在制作它的程序中另存为 TIFF、PNG 或 JPEG，再打开那个文件。',
  },
  'file.too-large': {
    sentence: '{{fileName}} 有 {{megapixels}} 百万像素，上限是 {{limitMegapixels}} 百万像素。',
    next: '请把扫描件拆分或缩小，然后重新打开。',
  },
  'output.not-writable': {
    sentence: '无法写入 {{path}}。',
    next: '请选择其他文件夹，或更改其访问权限。',
  },
  'output.disk-full': {
    sentence: '磁盘已满：{{path}} 没有写入。',
    next: '请腾出一些空间，然后重试。没有任何内容丢失。',
  },
  'output.exists': {
    sentence: '{{path}} 已经存在。',
    next: '请换一个名称，或允许覆盖。',
  },
  'output.is-input': {
    sentence: '{{path}} 就是原件本身。',
    next: '请换一个名称或文件夹。只有明确要求时才会覆盖原件。',
  },
  'output.too-large': {
    sentence: '结果将有 {{megapixels}} 百万像素，超出了 {{format}} 所能容纳的范围。',
    next: '请选择较小的倍数，或改用 TIFF 或 PNG。',
  },
  'engine.start-failed': {
    sentence: '图像引擎没有启动。',
    next: '请重新启动 Heirloom。如果再次发生，请查看详细信息。',
  },
  'engine.version-mismatch': {
    sentence: '图像引擎的版本不一致。',
    next: '请重新安装 Heirloom。',
  },
  'engine.crashed': {
    sentence: '图像引擎两次意外停止。原件和编辑都安全无损。',
    next: '请用较小的倍数重试，或改用处理器而不是图形设备。',
  },
  'engine.not-responding': {
    sentence: '图像引擎没有响应，已重新启动。',
    next: '请重试。',
  },
  'engine.out-of-memory': {
    sentence: '内存不足，无法处理这张图片。',
    next: '请关闭其他程序或选择较小的倍数，然后重试。',
  },
  'device.unavailable': {
    sentence: '设备 {{device}} 无法在这台电脑上使用。',
    next: '请在设置中选择其他设备。',
  },
  'model.unknown': {
    sentence: '没有名为 {{modelId}} 的模型。',
    next: '请从模型列表中选择。',
  },
  'model.not-installed': {
    sentence: '模型 {{name}} 尚未安装。',
    next: '请在模型页面下载，或导入它的文件。',
  },
  'model.wrong-digest': {
    sentence: '模型文件 {{fileName}} 与公布的不一致，没有载入。',
    next: '请删除后重新下载，或导入完好的副本。',
  },
  'model.load-failed': {
    sentence: '无法载入模型 {{name}}。',
    next: '请在模型页面校验它；如已损坏，请重新下载。',
  },
  'model.wrong-output': {
    sentence: '模型 {{name}} 给出了无法使用的结果。',
    next: '请换一个模型或设备，然后重试。',
  },
  'model.needs-conversion': {
    sentence: '模型 {{name}} 已在这里，但它的 PyTorch 文件尚未转换。',
    next: '请在模型页面转换，或选择该模型现成的 ONNX 版本。',
  },
  'model.checkpoint-damaged': {
    sentence: '{{fileName}} 不是完整的 PyTorch 检查点：{{reason}}。',
    next: '请重新复制或下载。',
  },
  'model.checkpoint-refused': {
    sentence: '{{fileName}} 要求使用 {{global}}，这超出了张量所需。其中没有任何内容被执行。',
    next: '请从作者处获取检查点，不要用其他程序打开这个文件。',
  },
  'model.architecture-unknown': {
    sentence: '{{fileName}} 中的网络不是 Heirloom 能够转换的。',
    next: 'heirloom models convert --help 会列出支持的网络。',
  },
  'model.convert-failed': {
    sentence: '{{fileName}} 无法作为 {{architecture}} 转换：{{reason}}。',
    next: '请从作者处获取检查点，或选择现成的 ONNX 版本。',
  },
  'model.licence-not-accepted': {
    sentence: '{{name}} 的许可证（{{licence}}）尚未被接受。',
    next: '请阅读许可证，接受后继续。',
  },
  'model.download-failed': {
    sentence: '{{name}} 没有下载完：{{reason}}',
    next: '请重试，下载会从中断处继续。也可以导入文件。',
  },
  'model.no-address': {
    sentence: '不知道 {{name}} 的下载地址。',
    next: '如果您有该文件，请导入。',
  },
  'model.no-space': {
    sentence: '没有足够的空间存放 {{name}}：需要 {{neededMb}} MB，可用 {{freeMb}} MB。',
    next: '请腾出一些空间，或移动模型文件夹。',
  },
  'model.import-unrecognised': {
    sentence: '{{fileName}} 不是已知的模型。',
    next: '请将它的 SHA-256 与模型页面上的进行比对。',
  },
  'model.bundled': {
    sentence: '{{name}} 是 Heirloom 的一部分，不能删除。',
    next: '请选择其他要删除的模型。',
  },
  'model.busy': {
    sentence: '{{name}} 正在下载或校验。',
    next: '请等待其结束，或将其取消。',
  },
  'model.folder-not-usable': {
    sentence: '文件夹 {{path}} 不能存放模型。',
    next: '请选择一个可以写入的空文件夹。',
  },
  'project.not-found': {
    sentence: '项目 {{path}} 不在那里。',
    next: '请检查它是否被移动或改名。',
  },
  'project.none-open': { sentence: '没有打开的项目。', next: '请打开项目，或拖入一张照片。' },
  'project.not-a-project': {
    sentence: '{{path}} 不是 Heirloom 项目。',
    next: '请选择以 .heirloom 结尾的文件。',
  },
  'project.damaged': {
    sentence: '项目 {{path}} 已损坏，没有被改动。',
    next: '一份未改动的副本保存在 {{copyPath}}。旁边的原件完好无损。',
  },
  'project.newer-version': {
    sentence: '项目 {{path}} 由更新版本的 Heirloom 创建。',
    next: '请更新 Heirloom 后再打开。',
  },
  'project.read-only': {
    sentence: '该项目已在另一个窗口中打开，这里以只读方式显示。',
    next: '请关闭另一个窗口，然后重新打开项目。',
  },
  'project.exists': { sentence: '{{path}} 处已有内容。', next: '请换一个名称。' },
  'photo.not-found': { sentence: '项目中没有这张照片。', next: '请刷新图库。' },
  'photo.original-missing': {
    sentence: '项目文件夹中缺少 {{fileName}} 的原件。',
    next: '请把文件放回原处，或重新导入照片。',
  },
  'clip.not-found': { sentence: '项目中没有这部影片。', next: '请重新打开它。' },
  'clip.file-missing': {
    sentence: '{{fileName}} 已不在原处：{{path}}。',
    next: '请把它放回原处，或选择它现在的位置。',
  },
  'clip.other-content': {
    sentence: '{{fileName}} 不是您要找的那部影片。',
    next: '请选择被移动的文件，或将此文件作为另一部影片打开。',
  },
  'clip.busy': { sentence: '{{fileName}} 正在处理中。', next: '请等待处理完成，或先停止它。' },
  'clip.no-result': { sentence: '{{fileName}} 尚未修复。', next: '请先修复它。' },
  'face.not-found': { sentence: '照片中没有这张人脸。', next: '请重新查找人脸。' },
  'face.landmarks-unusable': {
    sentence: '这张人脸的五个点重合或在一条直线上，无法摆正。',
    next: '请重新标出双眼、鼻子和两侧嘴角。',
  },
  'job.not-found': { sentence: '该任务已不存在。', next: '请重新开始。' },
  'job.not-cancellable': { sentence: '该任务已经结束。', next: '无需任何操作。' },
  'result.not-found': {
    sentence: '该结果已不存在。',
    next: '请重新修复照片，您的设置都已保留。',
  },
  'edit.nothing-to-undo': { sentence: '没有可撤销的操作。', next: '无需任何操作。' },
  'edit.nothing-to-redo': { sentence: '没有可重做的操作。', next: '无需任何操作。' },
  'upload.not-found': { sentence: '所选的文件没有送达。', next: '请重新选择。' },
  'edit.no-such-position': { sentence: '历史记录中没有这一步。', next: '请从列表中选择一步。' },
  'version.not-found': { sentence: '该版本已不存在。', next: '请选择其他版本。' },
  'settings.damaged': {
    sentence: '无法读取设置，目前使用标准设置。',
    next: '请重新选择您的设置。旧文件保存在 {{copyPath}}。',
  },
  'video.ffmpeg-missing': {
    sentence: '处理影片需要 ffmpeg，但这台电脑上没有找到。',
    next: '请安装 ffmpeg，或在设置或 HEIRLOOM_FFMPEG 中指定它的位置。',
  },
  'video.ffmpeg-failed': {
    sentence: '处理 {{fileName}} 时 ffmpeg 停止了。已完成的部分都保留着。',
    next: '请重新开始：会从最后完成的部分继续。如果再次停止，请查看详情。',
  },
  'video.not-a-video': {
    sentence: '{{fileName}} 不是影片、动画或图片文件夹。',
    next: '请选择视频文件；看的是内容，不是扩展名。',
  },
  'video.is-a-picture': {
    sentence: '{{fileName}} 是单张图片，不是影片。',
    next: '请作为照片修复。',
  },
  'video.no-picture-stream': {
    sentence: '{{fileName}} 没有画面，只有{{streams}}。',
    next: '请选择有活动画面的文件。',
  },
  'video.no-frames': {
    sentence: '{{fileName}} 中没有一帧画面可以读取。',
    next: '请从来源处重新复制。文件没有被改动。',
  },
  'video.size-changes': {
    sentence: '{{fileName}} 的画面尺寸在 {{seconds}} 秒后从 {{before}} 变为 {{after}}。',
    next: '请用在该处结束或开始的范围分段修复。',
  },
  'video.no-faces': {
    sentence: '在 {{fileName}} 中没有找到人脸，因此没有可修复的内容。',
    next: '请选择其他范围或检测模型，或将倍数设为大于 1 以仅放大。',
  },
  'video.range-empty': {
    sentence: '{{fileName}} 的 {{from}} 秒到 {{to}} 秒之间没有内容。',
    next: '请选择影片之内的范围。',
  },
  'video.encoder-missing': {
    sentence: '这个 ffmpeg 不能写入 {{codec}}（{{encoder}}）。',
    next: '请选择其他编码，或安装支持它的 ffmpeg。',
  },
  'video.codec-not-in-container': {
    sentence: '{{container}} 文件不能容纳 {{codec}}。',
    next: '请选择其他编码或其他扩展名。',
  },
  'video.busy': {
    sentence: '另一个 Heirloom 正在生成 {{path}}。',
    next: '请等它结束，或换一个名称。',
  },
  'internal.unexpected': {
    sentence: '发生了意外错误。原件和编辑都安全无损。',
    next: '请重试。如果再次发生，请查看详细信息。',
  },
};
