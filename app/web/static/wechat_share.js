// This job as a card, when it is shared inside WeChat. Whatever fails, the page is shared as any other.
"use strict";
(() => {
  const card = document.currentScript.dataset;
  const page = location.href.split("#")[0];

  function load(address) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = address;
      script.onload = resolve;
      script.onerror = reject;
      document.head.append(script);
    });
  }

  async function share() {
    const answer = await fetch("/wechat/jssdk?url=" + encodeURIComponent(page));
    if (!answer.ok) return;
    const signed = await answer.json();
    await load(card.script);
    const wx = window.wx;
    if (!wx) return;
    wx.config({ ...signed, debug: false, jsApiList: ["updateAppMessageShareData", "updateTimelineShareData"] });
    wx.ready(() => {
      wx.updateAppMessageShareData({ title: card.title, desc: card.text, link: card.link, imgUrl: "" });
      wx.updateTimelineShareData({ title: card.title + " " + card.text, link: card.link, imgUrl: "" });
    });
  }

  share().catch(() => {});
})();
