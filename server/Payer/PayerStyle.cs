namespace CentralPay.Workflows.Server.Payer;

/// <summary>The payer page's look, inside the page so that it loads in one round trip.</summary>
internal static class PayerStyle
{
    public const string Css = """
        :root{--ink:#10172a;--soft:#51607a;--line:#dde3ee;--card:#fff;--page:#f4f6fa;--main:#3b4fe0;--on:#fff;--ok:#0f7b55;--wait:#8a5300;--late:#c0362c}
        @media(prefers-color-scheme:dark){:root{--ink:#eef2fa;--soft:#a9b4c9;--line:#2c3750;--card:#161e31;--page:#0d1322;--main:#8b9bff;--on:#0d1322;--ok:#4cc79a;--wait:#e5ac55;--late:#ff8a80}}
        *{box-sizing:border-box}html{-webkit-text-size-adjust:100%}
        body{margin:0;background:var(--page);color:var(--ink);font:16px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;min-height:100vh;display:flex;flex-direction:column;align-items:center;padding:12px}
        main{width:100%;max-width:440px;background:var(--card);border:1px solid var(--line);border-radius:16px;padding:20px;margin-top:min(6vh,48px);position:relative}
        nav{position:absolute;top:20px;right:16px;display:flex;gap:4px;font-size:13px}nav a,nav b{padding:7px 6px;min-width:32px;text-align:center;color:var(--soft)}nav b{color:var(--ink)}
        .who{display:flex;align-items:center;gap:10px;margin:0 84px 18px 0;font-weight:600}.who span{width:36px;height:36px;border-radius:10px;background:var(--main);color:var(--on);display:grid;place-items:center;flex:none}
        .ask{margin:0}.ask span{display:block}.label{color:var(--soft);font-size:14px;font-weight:400}.amount{font-size:38px;line-height:1.15;font-weight:650;font-variant-numeric:tabular-nums;letter-spacing:-.02em}
        .part{margin:2px 0 0;color:var(--ok);font-size:14px}.what{margin:8px 0 0;overflow-wrap:anywhere}.due{margin:0 0 16px;color:var(--soft);font-size:14px}.due.late{color:var(--late)}
        form{margin:0}form button{width:100%;min-height:52px;border:0;border-radius:12px;background:var(--main);color:var(--on);font:inherit;font-weight:650;font-size:17px;cursor:pointer}form button:hover{filter:brightness(1.08)}form button.second{background:none;border:1.5px solid var(--main);color:var(--main);min-height:48px;font-size:16px}
        :focus-visible{outline:3px solid var(--main);outline-offset:2px}
        .hint{margin:8px 0 0;color:var(--soft);font-size:13px}h2{font-size:15px;margin:16px 0 10px;padding-top:14px;border-top:1px solid var(--line)}
        .transfer{display:flex;gap:14px;align-items:flex-start}.transfer img{background:#fff;border-radius:8px;image-rendering:pixelated;flex:none}
        dl{margin:0;min-width:0;flex:1}dt{color:var(--soft);font-size:13px}dd{margin:0 0 6px}dd b{font-size:14px;font-weight:600;font-variant-numeric:tabular-nums;overflow-wrap:anywhere;user-select:all}
        .copy{margin-left:8px;border:1px solid var(--line);border-radius:8px;background:none;color:var(--main);font:inherit;font-size:13px;padding:3px 10px;cursor:pointer}
        .notice{border-radius:12px;padding:16px;margin:4px 0;border:1px solid var(--line)}.notice h1{font-size:20px;margin:0 0 6px}.notice p{margin:0;color:var(--soft)}.ok h1{color:var(--ok)}.wait h1{color:var(--wait)}
        .help{margin:14px 0 0;font-size:13px;color:var(--soft);overflow-wrap:anywhere}footer{margin:12px 0 0;font-size:12px;color:var(--soft)}
        """;

    public const string CopyScript = """
        for(const b of document.querySelectorAll('.copy')){b.hidden=!navigator.clipboard;b.onclick=async()=>{await navigator.clipboard.writeText(b.previousElementSibling.dataset.value);const t=b.textContent;b.textContent=b.dataset.done;setTimeout(()=>b.textContent=t,1500)}}
        """;
}
