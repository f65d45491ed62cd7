// Upload with progress, and jobs that renew themselves. Without this script the forms work as well.
(() => {
  "use strict";
  const MEGA = 1_000_000;
  const mega = (bytes) => (bytes / MEGA).toFixed(1);

  function tooLarge(form, files) {
    const [each, all] = [Number(form.dataset.mostAFile), Number(form.dataset.mostInAll)];
    const large = files.find((file) => file.size > each);
    if (large) return `“${large.name}”超过 ${each / MEGA} MB，请拆分后再上传`;
    const total = files.reduce((sum, file) => sum + file.size, 0);
    return total > all ? `一次最多上传 ${all / MEGA} MB，请分几次上传` : "";
  }

  function send(form) {
    const going = form.querySelector(".going"), bar = going.querySelector("progress");
    const text = going.querySelector("span"), button = form.querySelector("button");
    const request = new XMLHttpRequest();
    const say = (told, bad) => { text.textContent = told; going.classList.toggle("bad", !!bad); };
    const over = (told) => { bar.hidden = true; button.disabled = false; say(told, true); };
    going.hidden = false;
    bar.hidden = false;
    const large = tooLarge(form, [...form.querySelector("input[type=file]").files]);
    if (large) return over(large);
    button.disabled = true;
    say("开始上传…");
    request.upload.onprogress = (event) => {
      const percent = Math.floor((event.loaded / event.total) * 100);
      bar.value = percent;
      say(percent < 100 ? `已传 ${percent}%（${mega(event.loaded)} / ${mega(event.total)} MB）` : "已传完，正在收下…");
    };
    request.onload = () => {
      if (request.status < 400) return location.assign(request.responseURL);
      const page = new DOMParser().parseFromString(request.responseText, "text/html");
      const note = page.querySelector(".note");
      over(note ? note.textContent : "没有传成，请稍后再试");
    };
    request.onerror = () => over("没有传成，连接断了；请检查网络和文件大小后再试");
    request.open("POST", form.action);
    request.send(new FormData(form));
  }

  function renew() {
    const jobs = document.querySelector("#jobs[data-open]");
    if (!jobs) return;
    const address = new URL(location.href);
    address.searchParams.set("quiet", "1"); // what a page asks by itself keeps nobody signed in
    setTimeout(async () => {
      try {
        const reply = await fetch(address);
        const page = new DOMParser().parseFromString(await reply.text(), "text/html");
        const fresh = page.querySelector("#jobs");
        if (!fresh) return location.reload(); // signed out meanwhile
        if (fresh.outerHTML !== jobs.outerHTML) jobs.replaceWith(document.adoptNode(fresh));
      } catch { /* the server is away for a moment */ }
      renew();
    }, 1000);
  }

  document.querySelectorAll("form.upload").forEach((form) => {
    form.addEventListener("submit", (event) => { event.preventDefault(); send(form); });
  });
  renew();
})();
