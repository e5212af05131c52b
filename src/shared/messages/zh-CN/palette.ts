// Words of the command palette and of the first-run tour in Simplified Chinese.
import type { PaletteMessages } from '../en/palette.ts';

export const palette: PaletteMessages = {
  title: '您想做什么？',
  field: '操作、页面、项目或照片',
  placeholder: '输入几个字',
  found: '匹配的结果',
  nothing: '没有匹配的结果。请换几个字试试。',
  groups: { actions: '操作', pages: '页面', projects: '项目', photos: '照片', films: '影片' },
  goTo: '转到{{name}}',
  openProject: '打开 {{name}}',
  tour: '带我看看',
  key: '输入文字执行任何操作',
  steps: {
    label: '快速导览，第 {{step}} 步，共 {{count}} 步',
    skip: '跳过',
    back: '上一步',
    next: '下一步',
    done: '开始',
    welcome: {
      title: '欢迎使用 Heirloom',
      text: '将照片拖到这里，或试用示例。原件绝不会被更改，任何内容都不会离开这台电脑。',
    },
    faces: {
      title: '每张人脸由您决定',
      text: '人脸会自动找到。您可以为每张脸选择保留多少真实的样子：更清晰，或更接近照片。',
    },
    compare: {
      title: '修复前后对比',
      text: '在图片上移动分隔线，或按住 B 查看原图。一切都可以更改：每一步都能撤销，明天也可以。',
    },
    help: {
      title: '需要帮助时',
      text: '{{key}} 可按名称找到一切，? 列出快捷键。模型及其许可证有单独的页面。',
    },
  },
};
