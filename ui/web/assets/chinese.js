// Gradio's own English words in Chinese, and labels that screen readers can bear: it reads the whole
// HTML of an answer out as the name of the message.
(() => {
  "use strict";
  const WORDS = {
    "Error": "出错了", "Warning": "请注意", "Info": "提示", "Close": "关闭", "Clear": "清空",
    "Copy message": "复制这一条", "Copied message": "已复制", "More tabs": "更多页",
    "chatbot conversation": "对话", "Toggle Sidebar": "过去的对话", "Like": "答得好", "Dislike": "有问题",
  };
  const MESSAGES = [
    [/connection|reconnect|network|fetch/i, "和服务器的连接断了，正在重连。您输入的内容还在，稍后再点“提问”即可。"],
    [/queue|full|busy/i, "现在提问的人太多，请过几秒再试。您输入的内容还在。"],
    [/[a-z]{4}/i, "没有成功，请再试一次；一直不行请刷新页面。您输入的内容还在。"],
  ];

  function named(element) {
    const label = element.getAttribute("aria-label") || "";
    if (label.startsWith("bot's message")) element.setAttribute("aria-label", "回答");
    else if (label.startsWith("user's message:")) {
      element.setAttribute("aria-label", "问题：" + label.slice("user's message:".length).trim());
    } else if (WORDS[label]) element.setAttribute("aria-label", WORDS[label]);
    if (WORDS[element.title]) element.title = WORDS[element.title];
  }

  function toast(element) {
    const said = element.textContent;
    const found = MESSAGES.find(([pattern]) => pattern.test(said));
    if (found) element.textContent = found[1];
  }

  function translated() {
    document.querySelectorAll("[aria-label], button[title]").forEach(named);
    document.querySelectorAll(".toast-message-text").forEach(toast);
    document.querySelectorAll(".toast-title").forEach((element) => {
      const word = WORDS[element.textContent.trim()];
      if (word) element.textContent = word;
    });
  }

  let due = false;
  function changed() {
    if (due) return;
    due = true;
    requestAnimationFrame(() => { due = false; translated(); });
  }
  function start() {
    if (!document.body) return void setTimeout(start, 50);
    new MutationObserver(changed).observe(document.body, { childList: true, subtree: true });
    translated();
  }
  start();
})();
