-- Put this into ~/.config/nvim/after/plugin/kanban.lua (Neovim 0.7 or later).
-- Cards and board.yml are served by `kanban lsp` (pip install "git-kanban[lsp]"): findings as you type, completion, hover,
-- fixes and gestures (vim.lsp.buf.code_action()), rename. Without it, cards are checked on reading, writing and leaving
-- insert mode. :KanbanLint puts the whole board into the quickfix list.

local namespace = vim.api.nvim_create_namespace("kanban")
local severity = {
  error = vim.diagnostic.severity.ERROR,
  warning = vim.diagnostic.severity.WARN,
  info = vim.diagnostic.severity.INFO,
}

local function board_of(path)
  return vim.fn.findfile("board.yml", vim.fn.fnamemodify(path, ":p:h") .. ";")
end

local function is_on_a_board(path)
  return board_of(path) ~= ""
end

local function show(buffer, lines)
  local found = {}
  for _, line in ipairs(lines) do
    if line:sub(1, 1) == "{" then
      local one = vim.json.decode(line)
      local text = vim.api.nvim_buf_get_lines(buffer, one.line - 1, one.line, false)[1] or ""
      table.insert(found, {
        lnum = one.line - 1,
        col = math.max(0, vim.fn.byteidx(text, one.column - 1)),
        severity = severity[one.severity],
        source = "kanban",
        code = one.code,
        message = one.message .. (one.cure ~= "" and " → " .. one.cure or ""),
      })
    end
  end
  vim.diagnostic.set(namespace, buffer, found)
end

local function lint(buffer)
  local path = vim.api.nvim_buf_get_name(buffer)
  if not is_on_a_board(path) then
    return
  end
  local folder, name = vim.fn.fnamemodify(path, ":p:h"), vim.fn.fnamemodify(path, ":t")
  local command = { "kanban", "-C", folder, "lint", "--output-format", "jsonl", "--stdin-filename", name }
  local job = vim.fn.jobstart(command, {
    stdout_buffered = true,
    on_stdout = function(_, lines)
      if vim.api.nvim_buf_is_valid(buffer) then
        show(buffer, lines)
      end
    end,
  })
  if job > 0 then
    vim.fn.chansend(job, table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), "\n") .. "\n")
    vim.fn.chanclose(job, "stdin")
  end
end

local client
local without_server = false

local function start(buffer)
  client = client
    or vim.lsp.start_client({
      name = "kanban",
      cmd = { "kanban", "lsp" },
      root_dir = vim.fn.fnamemodify(board_of(vim.api.nvim_buf_get_name(buffer)), ":p:h"),
      on_exit = function(code)
        client = nil
        if code ~= 0 and not without_server then
          without_server = true
          vim.schedule(function()
            lint(buffer)
          end)
        end
      end,
    })
  if client then
    vim.lsp.buf_attach_client(buffer, client)
  end
end

vim.api.nvim_create_autocmd({ "BufReadPost", "BufNewFile", "BufWritePost", "InsertLeave" }, {
  pattern = { "*.md", "board.yml" },
  callback = function(event)
    if not is_on_a_board(vim.api.nvim_buf_get_name(event.buf)) then
      return
    end
    if not without_server and vim.fn.executable("kanban") == 1 then
      start(event.buf)
    elseif event.match:match("%.md$") then
      lint(event.buf)
    end
  end,
})

vim.api.nvim_create_user_command("KanbanLint", function()
  local top = vim.fn.systemlist({ "git", "rev-parse", "--show-toplevel" })[1]
  local lines = vim.fn.systemlist({ "kanban", "--color", "never", "lint", "--output-format", "concise" })
  local format = "%f:%l:%c: %t%*[a-z] %m"
  if vim.v.shell_error <= 1 and top then
    vim.cmd("lcd " .. vim.fn.fnameescape(top))
  end
  vim.fn.setqflist({}, " ", { title = "kanban lint", lines = lines, efm = format })
  vim.cmd("copen")
end, {})
