@echo off
set python=python
where /q py && set python=py -3
%python% "%~dp0install.py"
pause
