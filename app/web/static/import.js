// The import page: says that a file is too large before it travels, and that reading takes a moment.
"use strict";

const form = document.querySelector("form[data-upload]");

if (form) {
  const input = form.querySelector("input[type=file]");
  const said = document.createElement("p");
  said.setAttribute("role", "alert");
  form.querySelector(".actions").before(said);
  const most = Number(form.dataset.most);
  const mostAtOnce = Number(form.dataset.mostAtOnce);
  const tell = (words, kind) => {
    said.textContent = words;
    said.className = words ? `notice ${kind}` : "";
  };
  const reason = () => {
    const files = [...input.files];
    const large = files.find((file) => file.size > most);
    if (large) return `文件“${large.name}”超过 ${most / 1048576} MB。请删去图片和用不到的工作表，只留岗位内容，再上传。`;
    const all = files.reduce((sum, file) => sum + file.size, 0);
    return all > mostAtOnce ? `这些文件一共超过了 ${mostAtOnce / 1048576} MB，请分几次上传。` : "";
  };
  input.addEventListener("change", () => tell(reason(), "bad"));
  // before the handler of staff.js, which marks a form as sent
  form.addEventListener("submit", (event) => {
    const words = reason();
    if (words) {
      event.preventDefault();
      event.stopPropagation();
      tell(words, "bad");
    } else {
      tell("正在上传和读取，文件大时要等一会儿，请不要关掉这一页。", "busy");
    }
  });
}
