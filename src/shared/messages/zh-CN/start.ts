// What starting the studio says on the terminal, and what a browser that is not let in reads. Simplified Chinese.
import type { StartMessages } from '../en/start.ts';

export const start: StartMessages = {
  fetchingElectron: '正在获取桌面窗口，仅此一次…',
  noDisplay: '没有可用的显示器，工作室将在浏览器中运行。',
  noElectron: '无法获取桌面窗口（Electron）（{{reason}}），工作室将在浏览器中运行。',
  electronFailed: '桌面窗口没有启动（退出码 {{code}}），工作室将在浏览器中运行。',
  noNetwork: '无法连接到下载地址',
  tookTooLong: '{{seconds}} 秒内没有响应',
  address: 'Heirloom 已在 {{url}} 打开',
  addressNote: '该地址只能使用一次，且仅限本机。按 Ctrl+C 停止工作室。',
  stopping: '正在停止。原件和编辑都是安全的。',
  portTaken: '端口 {{port}} 已被占用。请用 HEIRLOOM_PORT 指定其他端口，或不指定以使用任意空闲端口。',
  badPort: 'HEIRLOOM_PORT 必须是 1 到 65535 之间的数字，而不是 {{value}}。',
  nodeTooOld: 'Heirloom 需要 Node 24，但它没有随安装一起提供。请运行 npm ci。',
  notBuilt: 'Heirloom 尚未构建。请运行 npm run build。',
  refused:
    '该地址已被使用过，或属于之前的一次启动。请重新启动 Heirloom 并打开它显示的地址，或回到已打开的窗口。',
};
