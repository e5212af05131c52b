// Words of one face's settings in Simplified Chinese.
import type { FacesMessages } from '../en/faces.ts';

export const faces: FacesMessages = {
  before: '修复前',
  after: '修复后',
  notYet: '尚未修复',
  preparing: '正在准备实时预览',
  strip: {
    open: '看图选择',
    close: '收起选项',
    title: '人脸 {{number}}：哪一张最像？',
    hint: '方向键试看，回车键选定。',
    original: '原图',
    option: '保真度 {{value}}',
    rendering: '正在生成五张图片',
    failed: '无法生成图片。',
    oneLook: '{{name}} 没有保真度设置：所有人脸都以同一种方式修复。',
  },
};
