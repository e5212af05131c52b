// The steps of a job in Simplified Chinese.
import type { Step } from '../../domain/job.ts';

export const steps: Record<Step, string> = {
  waiting: '等待中',
  'loading-models': '正在加载模型',
  decoding: '正在打开照片',
  'finding-faces': '正在查找人脸',
  aligning: '正在对齐人脸',
  'restoring-faces': '正在修复人脸',
  upscaling: '正在放大背景',
  'pasting-back': '正在融合人脸',
  encoding: '正在写出图片',
  'reading-checkpoint': '正在读取检查点',
  converting: '正在转换模型',
};
