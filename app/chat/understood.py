"""What the bot understood of a message, in words for staff."""

from bot.replies.wish_words import wish_words
from bot.understanding import Understanding
from bot.wishes import Wishes

INTENTS = {
    "find_jobs": "找工作",
    "more_jobs": "还要看别的岗位",
    "job_detail": "看某个岗位",
    "ask_job": "问岗位的情况",
    "apply": "投简历、报名",
    "join_interview": "参加云面试",
    "my_interviews": "查自己的面试",
    "cancel_interview": "取消面试",
    "ask_policy": "问政策、补贴",
    "ask_rights": "问维权",
    "training": "问培训",
    "subscribe": "新岗位通知",
    "human": "找工作人员",
    "report_posting": "举报岗位",
    "my_data": "查、删自己的信息",
    "greet": "打招呼",
    "thanks": "道谢",
    "bye": "告别",
    "help": "问怎么用",
    "unknown": "没听懂",
}
"""Every intent, in the order in which staff read of them."""
FIELDS = {
    "pay": "工资",
    "place": "上班地点",
    "benefits": "福利",
    "shift": "上班时间、班次",
    "education": "学历要求",
    "age": "年龄要求",
    "experience": "经验要求",
    "headcount": "招多少人",
    "insurance": "社保",
    "contact": "联系方式",
    "employer": "是什么单位",
    "duties": "具体做什么",
    "interview": "怎么面试",
    "deadline": "截止时间",
}
"""What is asked of a job."""


def understood_words(said: Understanding) -> str:
    """找工作：焊工、宜秀区、包住 or 问岗位的情况：第2个、工资."""
    parts = []
    ref = said.slots.get("ref")
    if isinstance(ref, str):
        parts.append(f"{ref}号")
    elif ref is not None:
        parts.append("最后一个" if ref < 0 else f"第{ref}个")
    if field := said.slots.get("field"):
        parts.append(FIELDS.get(field, field))
    if said.wishes:
        parts.append(wish_words(Wishes.from_json(said.wishes)))
    intent = INTENTS.get(said.intent, said.intent)
    return f"{intent}：{'、'.join(parts)}" if parts else intent
