-- What a client is told that nobody here wrote: run by neovim.test.ts, prints one line of JSON.
local folder = vim.env.QAPI_FOLDER
vim.cmd("edit " .. folder .. "/block-core.json")
local buffer = vim.api.nvim_get_current_buf()
-- What Neovim before 0.8 has, too.
local id = vim.lsp.start_client({
  name = "qapi",
  cmd = { vim.env.QAPI_NODE, vim.env.QAPI_CLI, "lsp" },
  root_dir = folder,
})
vim.lsp.buf_attach_client(buffer, id)
local client = vim.lsp.get_client_by_id(id)
local missed = {}
local function wait(what, condition)
  if not vim.wait(30000, condition, 20) then table.insert(missed, what) end
end
wait("start", function() return client.initialized end)

local function ask(method, params)
  local answer = client.request_sync(method, params, 30000, buffer)
  return answer and answer.result or vim.NIL
end

-- The place of a text, a character into it.
local function at(text)
  for line, content in ipairs(vim.api.nvim_buf_get_lines(buffer, 0, -1, false)) do
    local start = content:find(text, 1, true)
    if start then
      return {
        textDocument = { uri = vim.uri_from_bufnr(buffer) },
        position = { line = line - 1, character = start + 1 },
      }
    end
  end
end

local function errors(of)
  return vim.diagnostic.get(of, { severity = vim.diagnostic.severity.ERROR })
end

local told = {}
wait("warnings", function() return #vim.diagnostic.get(buffer) > 0 end)
told.sound = #errors()

told.definition = ask("textDocument/definition", at("'OnOffAuto'"))
told.hover = ask("textDocument/hover", at("'blockdev-add'"))

-- A name that is gone is missed in this file and in others.
local first = at("'BlockDeviceInfo'").position.line
local line = vim.api.nvim_buf_get_lines(buffer, first, first + 1, false)[1]
local broken = line:gsub("'BlockDeviceInfo'", "'BlockDeviceGone'")
vim.api.nvim_buf_set_lines(buffer, first, first + 1, false, { broken })
wait("errors", function() return #errors() > 0 end)
told.errors = vim.tbl_map(function(each)
  return { file = vim.fn.fnamemodify(vim.api.nvim_buf_get_name(each.bufnr), ":t"), message = each.message }
end, errors())
vim.api.nvim_buf_set_lines(buffer, first, first + 1, false, { line })
wait("no errors", function() return #errors() == 0 end)

local rename = at("'ImageInfo'")
rename.newName = "PictureInfo"
vim.lsp.util.apply_workspace_edit(ask("textDocument/rename", rename), client.offset_encoding)
wait("no errors after the rename", function() return #errors() == 0 end)
told.renamed = {}
for _, each in ipairs(vim.api.nvim_list_bufs()) do
  local text = table.concat(vim.api.nvim_buf_get_lines(each, 0, -1, false), "\n")
  for _ in text:gmatch("%f[%w]ImageInfo%f[%W]") do table.insert(told.renamed, vim.api.nvim_buf_get_name(each)) end
end
told.news = #vim.tbl_filter(function(each)
  return each:find("'PictureInfo'", 1, true) ~= nil
end, vim.api.nvim_buf_get_lines(buffer, 0, -1, false))

local count = vim.api.nvim_buf_line_count(buffer)
local ugly = { "", "{'enum':'UglyOne',", "     'data':['a']}", "", "{ 'struct': 'Broken'   'data'" }
vim.api.nvim_buf_set_lines(buffer, count, count, false, ugly)
local layout = { textDocument = { uri = vim.uri_from_bufnr(buffer) }, options = { tabSize = 2, insertSpaces = true } }
vim.lsp.util.apply_text_edits(ask("textDocument/formatting", layout), buffer, client.offset_encoding)
told.formatted = vim.api.nvim_buf_get_lines(buffer, -1 - #ugly, -1, false)

told.missed = missed
io.stdout:write(vim.json.encode(told) .. "\n")
client.stop()
vim.cmd("qall!")
